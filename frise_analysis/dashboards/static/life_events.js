// The form and the buttons of the life events: what is typed goes to Python, which writes the panel again.

const lifeEvents = {
  // Once for a page: events are delegated, so that a panel written again needs nothing more.
  bind(root, send) {
    let sentAt = -Infinity;
    // What is typed goes with every message: a panel written again keeps it.
    const say = (action, event) => {
      const form = root.querySelector("form.fc-life");
      const editing = form ? form.dataset.event : "";
      send({ do: "life", action, event: event || "", editing, fields: form ? this.fields(form) : {} });
    };
    root.addEventListener("submit", (event) => {
      const form = event.target.closest("form.fc-life");
      if (!form) return;
      event.preventDefault();
      // A double click is one answer.
      if (event.timeStamp - sentAt < 800) return;
      sentAt = event.timeStamp;
      say(form.dataset.action, form.dataset.event);
    });
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-life]");
      if (button) say(button.dataset.life, button.dataset.event);
    });
    // Escape leaves a change as it was.
    root.addEventListener("keydown", (event) => {
      const cancel = event.key === "Escape" && event.target.closest("form.fc-life") && root.querySelector("[data-life=cancel]");
      if (cancel) cancel.click();
    });
    const panels = new MutationObserver(() => this.shown(root));
    for (const panel of root.querySelectorAll("[role=tabpanel]")) panels.observe(panel, { childList: true });
  },

  // Whether somebody began to fill in the form.
  begun(root) {
    const form = root.querySelector("form.fc-life");
    return Boolean(form) && (form.dataset.event !== "" || [...form.querySelectorAll("input[type=text]")].some((field) => field.value));
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
