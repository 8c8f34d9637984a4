// The parcours screen: binds the page that Python wrote to the chart and to the kernel.

class ParcoursScreen extends LiveScreen {
  constructor(root, specs, french) {
    super(root, Documents);
    this.chart = new PreparedChart(root.querySelector(".fc-chart"), specs, french);
    this.words = new Map();
    this.hint = root.querySelector(".fc-reading").textContent;
    lifeEvents.bind(root, (message) => this.send(message));
    robustness.bind(root);
    this.bind();
  }

  async paint(view) {
    if (!this.view && view.mode === "work" && wasBeside()) {
      this.view = view;
      return this.update(this.over());
    }
    this.view = view;
    this.words = new Map(view.chart ? view.chart.data.marks.map((mark) => [mark.key, mark.words]) : []);
    if (view.chart) await this.chart.show(view.chart, this.vega);
    else this.chart.clear();
    this.root.dataset.person = view.person || "";
    this.root.dataset.painted = String(view.turn);
  }

  // Text first, then the chart: both are on screen in the same frame.
  async update(view) {
    const shown = Boolean(view.person);
    const turned = view.mode !== this.root.dataset.mode;
    for (const part of this.root.querySelectorAll(".fc-frise, .fc-limits, .fc-twins, .fc-bar .fc-actions")) part.hidden = !shown;
    const same = this.view && view.key === this.view.key && !turned;
    this.ticked = same ? [...this.root.querySelectorAll("[data-robust]:checked")].map((box) => box.dataset.robust) : [];
    for (const [name, html] of Object.entries(view.parts)) {
      // What is being typed with the person does not depend on the choices of the frise.
      if (!(same && name === "events" && lifeEvents.begun(this.root))) this.fill(name, html);
    }
    for (const input of this.root.querySelectorAll(".fc-choices input")) {
      if (input.type === "radio") {
        input.checked = view.chosen.includes(input.value);
        input.disabled = view.barred.includes(input.value);
      } else if (turned || !this.view || view.key !== this.view.key) {
        // Boxes ticked one after the other are ahead of the answers: an answer does not untick them.
        input.checked = input.dataset.choice === "fan" ? view.fan : view.added.includes(input.dataset.lane);
      }
    }
    this.offer(view.tabs);
    this.read(null);
    if (turned) this.turn(view);
    if (view.person && view.mode === "work") remember(view.store, view.key);
    this.view = view;
    if (view.panel) this.write(view.panel);
    else this.askPanel();
    await this.paint(view);
  }

  fill(name, html) {
    const part = this.part(name);
    if (!part || part.innerHTML === html) return;
    forgetPlots(part);
    const held = part.contains(document.activeElement) && document.activeElement.dataset.choice;
    part.innerHTML = html;
    if (held) part.querySelector(`[data-choice=${held}]`)?.focus();
  }

  // The tabs of this mode; the first of them if the one that was open is not among them.
  offer(names) {
    const tabs = this.tabs();
    for (const tab of tabs) tab.hidden = !names.includes(this.panelOf(tab).dataset.part);
    const open = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
    const first = tabs.find((tab) => !tab.hidden);
    if (first && open.hidden) this.select(first);
  }

  // From one mode to another, nothing of the one stays in the other: lists, tooltips, choices.
  turn(view) {
    this.root.dataset.mode = view.mode;
    beside(view.mode !== "work");
    this.root.querySelector(".fc-dialog").close();
    this.root.querySelector(".fc-add").open = false;
    if (this.picker) this.picker.forget();
    clearTooltip();
    const target = { interview: ".fc-who", closed: "[data-value=work]", work: "[data-value=interview]" }[view.mode];
    const next = this.root.querySelector(target);
    if (!next) return;
    if (view.mode === "interview") next.tabIndex = -1;
    next.focus();
    scrollTo(0, 0);
  }

  async connect(channel) {
    this.picker = new PersonPicker(this.root, (message) => channel.send(message), channel.get("view").store);
    this.hear(channel);
    if (wasBeside()) channel.send({ do: "mode", value: "closed" });
    else if (!this.root.dataset.painted || this.root.dataset.painted !== String(channel.get("view").turn)) {
      await this.update(channel.get("view"));
    }
    if (this.view && this.view.person) remember(this.view.store, this.view.key);
    this.live();
  }

  close() {
    super.close();
    this.sizes.disconnect();
    if (this.chart.view) this.chart.view.finalize();
  }

  receive(message) {
    if (message.people) this.picker.results(message);
    if (message.panel && message.turn === this.view.turn) this.write(message);
    super.receive(message);
  }

  async write({ panel, html, charts }) {
    this.fill(panel, html);
    const part = this.part(panel);
    for (const box of part.querySelectorAll("[data-robust]")) box.checked = this.ticked.includes(box.dataset.robust);
    await drawPlots(part, charts, this.vega, this.chart.french);
    // Boxes may have been ticked before the drawing was there.
    for (const one of part.querySelectorAll(".fc-robust")) if (one.querySelector("[data-robust]")) robustness.show(one);
  }

  // Some panels are written only when somebody opens them.
  askPanel() {
    const open = this.openPanel();
    if (open && this.view.person && !open.children.length) this.send({ do: "panel", name: open.dataset.part });
  }

  bind() {
    this.root.addEventListener("change", (event) => this.changed(event.target));
    this.root.addEventListener("click", (event) => this.clicked(event.target));
    this.root.addEventListener("keydown", (event) => this.keyed(event));
    this.root.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".fc-add")) this.root.querySelector(".fc-add").open = false;
    });
    this.chart.on("click", (datum) => this.read(datum && datum.key && this.words.has(datum.key) ? datum.key : null));
    this.chart.on("period", (value) => this.followPeriod(value));
    this.chart.on("family", (value) => this.follow("family", value && value.family ? value.family[0] : ""));
    // A session that is over answers nothing any more: what the person sees is taken away before the notice is shown.
    document.addEventListener("frise:over", () => {
      if (this.root.dataset.mode === "interview") this.update(this.over());
    });
    let waiting;
    this.sizes = new ResizeObserver(() => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.resized(), 120);
    });
    this.sizes.observe(this.root);
  }

  async resized() {
    if (this.chart.view) return this.chart.resize();
    if (this.view && this.view.chart) await this.chart.show(this.view.chart, this.vega);
  }

  // The interview is over at once, whether anything answers or not.
  leave() {
    this.update(this.over());
    this.send({ do: "mode", value: "closed" });
  }

  // The page as it stands once an interview is closed: it holds it already.
  over() {
    const parts = Object.fromEntries(Object.keys(this.view.parts).map((name) => [name, ""]));
    parts.person = this.root.querySelector(".fc-over").innerHTML;
    return { ...this.view, mode: "closed", tabs: [], person: null, key: null, chart: null, panel: undefined, parts };
  }

  changed(target) {
    const { choice, filter, lane } = target.dataset;
    if (lane) this.send({ do: "lane", name: lane, value: target.checked });
    if (choice) this.send({ do: choice, value: target.type === "checkbox" ? target.checked : target.value });
    if (filter === "family") this.chart.family(target.value);
    if (filter === "from" || filter === "to") this.brush();
  }

  clicked(target) {
    const record = target.closest("[data-key]");
    const sentence = target.closest("[data-keys]");
    const tab = target.closest("[role=tab]");
    const csv = target.closest("[data-csv]");
    if (record) this.read(record.dataset.key);
    if (sentence) this.point(sentence);
    if (tab) this.openTab(tab);
    if (csv) this.send({ do: "csv", name: csv.dataset.csv });
    const action = target.closest("[data-do]");
    if (action && action.dataset.value === "closed") this.leave();
    else if (action) this.send({ do: action.dataset.do, value: action.dataset.value });
    if (target.closest("[data-filter=all]")) this.reset();
  }

  keyed(event) {
    const list = event.key === "Escape" && event.target.closest(".fc-add[open]");
    if (list) {
      list.open = false;
      list.querySelector("summary").focus();
    }
    this.tabKeyed(event);
  }

  select(tab) {
    for (const said of this.root.querySelectorAll(".fc-life-said")) said.textContent = "";
    super.select(tab);
  }

  // One record: its words, its line, its ring on the frise.
  read(key) {
    this.say(key ? this.words.get(key) : this.hint, (item) => key !== null && item.dataset.key === key);
    this.chart.choose(key ? [key] : []);
  }

  // One sentence of the synthesis: rings round every record it was made from.
  point(sentence) {
    const keys = JSON.parse(sentence.dataset.keys);
    this.say(sentence.textContent.trim(), (item) => item === sentence);
    this.chart.choose(keys);
  }

  say(text, current) {
    this.root.querySelector(".fc-reading").textContent = text;
    for (const item of this.root.querySelectorAll("[data-key], [data-keys]")) {
      if (current(item)) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
  }

  follow(name, value) {
    const select = this.root.querySelector(`[data-filter=${name}]`);
    if (select) select.value = value;
  }

  followPeriod(value) {
    const range = value && value.start;
    const from = this.root.querySelector("[data-filter=from]");
    const to = this.root.querySelector("[data-filter=to]");
    if (!from || !to || this.brushing) return;
    if (!range) {
      from.selectedIndex = 0;
      to.selectedIndex = to.options.length - 1;
      return;
    }
    const near = (select, x) => {
      const distances = [...select.options].map((option) => Math.abs(Number(option.value) - x));
      select.selectedIndex = distances.indexOf(Math.min(...distances));
    };
    near(from, range[0]);
    near(to, range[1]);
  }

  async brush() {
    const from = Number(this.root.querySelector("[data-filter=from]").value);
    const to = Number(this.root.querySelector("[data-filter=to]").value);
    this.brushing = true;
    await this.chart.period(Math.min(from, to), Math.max(from, to));
    this.brushing = false;
  }

  reset() {
    this.chart.family("");
    this.chart.period(null, null);
    this.follow("family", "");
    this.followPeriod(null);
    this.read(null);
  }
}

const BESIDE = "frise-entretien";

// Kept by the browser for this tab: a page opened again during an interview shows nobody.
function beside(there) {
  try {
    if (there) sessionStorage.setItem(BESIDE, "1");
    else sessionStorage.removeItem(BESIDE);
  } catch {
    /* a browser that keeps nothing opens on the work */
  }
}

function wasBeside() {
  try {
    return sessionStorage.getItem(BESIDE) !== null;
  } catch {
    return false;
  }
}

const { boot, render } = adopted(ParcoursScreen);
export { boot };
export default { render };
