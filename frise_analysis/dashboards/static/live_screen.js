// What both screens do alike: a line to the kernel, tabs and their keys, the notice, files to save. A screen draws its view
// (`update`), asks for the panel that is open (`askPanel`) and answers what is its own.

class LiveScreen {
  constructor(root, documents) {
    this.root = root;
    this.channel = null;
    this.documents = new documents(root, (message) => this.send(message));
  }

  hear(channel) {
    this.channel = channel;
    this.vega ||= loadVega(channel);
    channel.on("change:view", () => this.update(channel.get("view")));
    channel.on("msg:custom", (message) => this.receive(message));
  }

  // From now on somebody may use it.
  live() {
    this.root.dataset.alive = "true";
    this.watch = setInterval(() => this.send({ do: "watch" }), 30000);
  }

  close() {
    clearInterval(this.watch);
  }

  send(message) {
    if (this.channel) this.channel.send(message);
  }

  receive(message) {
    if (message.csv !== undefined) download(new Blob(["\ufeff", message.csv], { type: "text/csv" }), message.name);
    if (message.file !== undefined) this.documents.received(message);
    if (message.notice !== undefined) this.notice(message.notice);
  }

  notice(text) {
    this.documents.failed();
    const box = this.part("notice");
    box.hidden = !text;
    box.replaceChildren(text);
    if (!text) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Recharger la page";
    button.addEventListener("click", () => location.reload());
    box.append(" ", button);
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  tabs() {
    return [...this.root.querySelectorAll("[role=tab]")];
  }

  panelOf(tab) {
    return this.root.querySelector(`#${tab.getAttribute("aria-controls")}`);
  }

  openPanel() {
    return this.root.querySelector("[role=tabpanel]:not([hidden])");
  }

  // Arrows go round the tabs; Home and End go to the first and the last.
  tabKeyed(event) {
    const tab = event.target.closest("[role=tab]");
    const tabs = this.tabs().filter((other) => !other.hidden);
    const to = { ArrowLeft: -1, ArrowRight: 1, Home: -tabs.indexOf(tab), End: tabs.length - 1 - tabs.indexOf(tab) }[event.key];
    if (!tab || to === undefined) return;
    event.preventDefault();
    const other = tabs[(tabs.indexOf(tab) + to + tabs.length) % tabs.length];
    this.openTab(other);
    other.focus();
  }

  openTab(tab) {
    this.select(tab);
    this.askPanel();
  }

  select(tab) {
    for (const other of this.tabs()) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      this.panelOf(other).hidden = !chosen;
    }
  }
}
