// The screen of a service: filters in the address, tabs written when they are opened, figures that stay until the next ones come.

const SETTLED_MS = 250; // arrows in a list change it at each step: ask once they have stopped

class ServiceReports extends Documents {
  ask() {
    const asked = new FormData(this.form);
    this.working.textContent = "Le rapport se prépare…";
    this.send({ do: "report", format: asked.get("format"), months: Number(asked.get("months")) });
  }
}

class ServiceScreen extends LiveScreen {
  constructor(root, specs, french) {
    super(root, ServiceReports);
    this.french = french;
    this.asked = 0;
    this.awaited = false;
    this.fold();
    this.bind();
  }

  // What is on screen was written by Python: only the charts are to be drawn.
  async paint(view) {
    this.view = view;
    this.count();
    if (this.inPage() && this.addressed() !== view.query) this.busy(true);
    await this.draw(view.panel);
    this.root.dataset.painted = String(view.turn);
  }

  async draw({ panel, charts }) {
    await drawPlots(this.part(panel), charts, this.vega, this.french);
  }

  async update(view) {
    this.view = view;
    for (const [name, html] of Object.entries(view.parts)) this.fill(name, html);
    for (const panel of this.root.querySelectorAll("[role=tabpanel]")) if (panel.dataset.part !== view.panel.panel) this.empty(panel);
    this.settle(view.asked);
    await this.write(view.panel);
    this.root.dataset.painted = String(view.turn);
    this.askPanel();
  }

  // The answer to the last question shows its filters; an earlier one leaves the lists as they were moved since.
  settle(asked) {
    this.awaited = false;
    if (asked !== this.asked && this.asked) return this.askFilters();
    this.busy(false);
    this.refuse("");
    this.follow();
  }

  follow() {
    for (const list of this.lists()) list.value = this.view.chosen[list.name] ?? "";
    this.count();
    if (!this.inPage()) return;
    const { pathname } = location;
    history.replaceState(history.state, "", this.view.query ? `${pathname}#${this.view.query}` : pathname);
  }

  count() {
    for (const list of this.lists()) list.classList.toggle("fs-set", list.value !== list.dataset.default);
    const chosen = this.lists().filter((list) => !list.matches("[name=mois], [name=au]") && list.value).length;
    this.root.querySelector("[data-count]").textContent = chosen ? `(${chosen})` : "";
  }

  async connect(channel) {
    this.hear(channel);
    const view = channel.get("view");
    if (this.root.dataset.painted !== String(view.turn)) await this.paint(view);
    // The panels of the first view came without their text: from now on the whole view is known.
    this.view = view;
    this.live();
    if (this.inPage() && this.addressed() !== view.query) this.ask(this.addressed());
  }

  close() {
    super.close();
    removeEventListener("hashchange", this.moved);
  }

  receive(message) {
    if (message.panel && message.turn === this.view.turn) this.write(message).then(() => this.busy(this.awaited));
    if (message.refused !== undefined) this.refused(message);
    super.receive(message);
  }

  // Nothing changes but a sentence: the lists go back to what is shown.
  refused({ refused, asked }) {
    if (this.documents.dialog.open) {
      this.documents.working.textContent = refused;
      return;
    }
    const late = this.awaited && asked !== this.asked;
    if (this.awaited) this.settle(asked);
    if (late) return;
    this.busy(false);
    this.refuse(refused);
  }

  refuse(text) {
    const box = this.root.querySelector("[data-refusal]");
    box.textContent = text;
    box.hidden = !text;
  }

  notice(text) {
    if (this.awaited) this.settle(this.asked);
    this.busy(false);
    super.notice(text);
  }

  fill(name, html) {
    const part = this.part(name);
    if (!part || html === null || html === undefined) return;
    const opened = new Set([...part.querySelectorAll("details[data-kept]")].filter((x) => x.open).map((x) => x.dataset.kept));
    const within = part.contains(document.activeElement) && document.activeElement;
    this.empty(part);
    part.innerHTML = html;
    for (const one of part.querySelectorAll("details[data-kept]")) one.open ||= opened.has(one.dataset.kept);
    if (within) this.refocus(part, within);
  }

  // What had the focus is written again: the same button, or the panel.
  refocus(part, old) {
    const kept = old.closest("[data-kept]");
    const twin = old.dataset.choice
      ? part.querySelector(`[data-choice="${old.dataset.choice}"]`)
      : kept && part.querySelector(`[data-kept="${kept.dataset.kept}"] > summary`);
    (twin || part).focus({ preventScroll: true });
  }

  empty(part) {
    forgetPlots(part);
    clearTooltip();
    part.replaceChildren();
  }

  async write({ panel, html, charts }) {
    const part = this.part(panel);
    // The page keeps its length while the charts are drawn: nothing jumps under the reader.
    part.style.minHeight = `${part.offsetHeight}px`;
    this.fill(panel, html);
    await this.draw({ panel, charts });
    part.style.minHeight = "";
  }

  lists() {
    return [...this.root.querySelectorAll("select[data-filter]")];
  }

  askPanel() {
    const open = this.openPanel();
    if (open.children.length || !this.channel) return;
    this.busy(true);
    this.send({ do: "panel", name: open.dataset.part });
  }

  // One question at a time: those that come meanwhile are one question when the answer is there.
  askFilters() {
    if (this.awaited) return;
    const chosen = this.lists().filter((list) => list.value).map((list) => [list.name, list.value]);
    this.tell(new URLSearchParams(chosen).toString());
  }

  ask(query) {
    this.asked += 1;
    this.tell(query);
  }

  tell(query) {
    this.awaited = true;
    this.busy(true);
    this.send({ do: "filters", query, tab: this.openPanel().dataset.part, asked: this.asked });
  }

  chooseNothing() {
    for (const list of this.lists()) list.value = list.dataset.default;
    this.asked += 1;
    this.count();
    this.askFilters();
  }

  // A choice inside a panel: only this panel is written again.
  choose(list) {
    this.busy(true);
    this.send({ do: list.dataset.choice, value: list.value, tab: this.openPanel().dataset.part });
    // The other tabs may show the same choice: they are written again when they are opened.
    for (const panel of this.root.querySelectorAll("[role=tabpanel][hidden]")) this.empty(panel);
  }

  busy(working) {
    this.root.querySelector(".fs-shown").setAttribute("aria-busy", String(working));
    this.root.querySelector("[data-working]").textContent = working ? "Calcul…" : "";
  }

  // The address is the page's own: a notebook keeps its own.
  inPage() {
    return document.body.classList.contains("frise-page");
  }

  // Behind the sign: the server takes what stands before it out of the address, and it never leaves the browser.
  addressed() {
    const text = location.hash.slice(1);
    return text.includes("=") ? text : "";
  }

  bind() {
    let waiting;
    this.root.addEventListener("change", (event) => {
      if (event.target.matches("[data-choice]")) this.choose(event.target);
      if (!event.target.matches("[data-filter]")) return;
      this.asked += 1;
      this.count();
      clearTimeout(waiting);
      waiting = setTimeout(() => this.askFilters(), SETTLED_MS);
    });
    this.root.addEventListener("submit", (event) => event.preventDefault());
    this.root.addEventListener("click", (event) => this.clicked(event.target));
    this.root.addEventListener("keydown", (event) => this.keyed(event));
    this.moved = () => this.addressed() !== (this.view ? this.view.query : "") && this.goTo();
    addEventListener("hashchange", this.moved);
  }

  // A link to a place in the page is not an address of filters.
  goTo() {
    if (location.hash.length > 1 && !this.addressed()) return this.follow();
    if (!this.awaited) this.ask(this.addressed());
  }

  clicked(target) {
    const tab = target.closest("[role=tab]");
    const csv = target.closest("[data-csv]");
    if (tab) this.openTab(tab);
    if (csv) this.send({ do: "csv", name: csv.dataset.csv, tab: this.openPanel().dataset.part });
    if (target.closest("[data-all]")) this.chooseNothing();
    if (target.closest("[data-document]")) this.documents.form.elements.months.value = this.view.chosen.mois;
  }

  keyed(event) {
    if (event.key === "Escape") this.closeDefinition();
    this.tabKeyed(event);
  }

  // A definition lies over what is under it.
  closeDefinition() {
    const open = this.root.querySelector(".fs-tile details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  }

  // On a telephone the filters open when they are asked for.
  fold() {
    const narrow = matchMedia("(max-width: 700px)");
    const bar = this.root.querySelector(".fs-filters");
    bar.open = !narrow.matches;
    narrow.addEventListener("change", () => {
      bar.open = !narrow.matches;
    });
  }
}

const { boot, render } = adopted(ServiceScreen);
export { boot };
export default { render };
