// From the page that Python wrote to the live widget: a screen is drawn once. `Screen` is built on the page's root, the
// prepared specifications and the French formats; it paints a view, connects to a channel, and closes.

function adopted(Screen) {
  // Draws what the page already holds, before any kernel answers.
  async function boot(script) {
    const root = script.parentElement.querySelector(".fc-root");
    const { specs, view, french } = JSON.parse(script.parentElement.querySelector(".fc-state").textContent);
    const screen = new Screen(root, specs, french);
    screen.vega = globalThis.friseVega;
    root.friseScreen = screen;
    root.friseReady = screen.vega ? screen.paint(view) : Promise.resolve();
    await root.friseReady;
  }

  // The page may already show this screen: then it is moved here as it is, drawn chart included.
  async function render({ model, el }) {
    const root = [...document.querySelectorAll(".fc-root")].find((r) => r.dataset.uid === model.get("uid") && r.friseScreen);
    const holder = root && root.closest(".frise-first-paint");
    let screen = holder && root.friseScreen;
    if (screen) {
      await root.friseReady;
      el.replaceChildren(...[...root.parentElement.childNodes].filter((node) => node.nodeName !== "SCRIPT"));
      document.dispatchEvent(new CustomEvent("frise:painted", { detail: { modelId: holder.dataset.modelId } }));
    } else {
      el.innerHTML = model.get("shell");
      const fresh = el.querySelector(".fc-root");
      screen = new Screen(fresh, model.get("specs"), model.get("french"));
      fresh.friseScreen = screen;
    }
    await screen.connect(model);
    return () => screen.close();
  }

  return { boot, render };
}
