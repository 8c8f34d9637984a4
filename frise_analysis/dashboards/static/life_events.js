// The form and the buttons of the life events: what is typed goes to Python, which writes the panel again.

const lifeEvents = {
  // Once for a page: events are delegated, so that a panel written again needs nothing more.
  bind(root, send) {
    let sentAt = 0;
    const say = (action, source, fields) => send({ do: "life", action, event: source.dataset.event || "", fields });
    root.addEventListener("submit", (event) => {
      const form = event.target.closest("form.fc-life");
      if (!form) return;
      event.preventDefault();
      // A double click is one answer.
      if (event.timeStamp - sentAt < 800) return;
      sentAt = event.timeStamp;
      say(form.dataset.action, form, this.fields(form));
    });
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-life]");
      if (!button) return;
      const form = root.querySelector("form.fc-life");
      const kept = button.dataset.life === "export" && form;
      say(button.dataset.life, kept ? form : button, kept ? this.fields(form) : {});
    });
    // Escape leaves a change as it was.
    root.addEventListener("keydown", (event) => {
      const cancel = event.key === "Escape" && event.target.closest("form.fc-life") && root.querySelector("[data-life=cancel]");
      if (cancel) cancel.click();
    });
    const panels = new MutationObserver(() => this.shown(root));
    for (const panel of root.querySelectorAll("[role=tabpanel]")) panels.observe(panel, { childList: true });
  },

  fields(form) {
    return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  },

  // After the panel was written: the focus goes where Python says, and what was done is read aloud.
  shown(root) {
    const target = root.querySelector("[data-life-focus]");
    if (!target) return;
    target.removeAttribute("data-life-focus");
    if (target.closest("[hidden]")) return;
    const said = root.querySelector(".fc-life-said");
    const text = said ? said.textContent : "";
    if (said && target !== said) {
      said.textContent = "";
      setTimeout(() => {
        said.textContent = text;
      }, 80);
    }
    target.focus();
    if (target.matches("input[type=text]")) target.select();
  },
};
