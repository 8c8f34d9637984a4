// Draws a prepared chart once, then only swaps its data sets, parameters and sizes.

const NARROW_UNDER = 1090;
const ERRORS_ONLY = 1; // vega.Error: an empty record warns of empty extents

async function loadVega(channel) {
  if (globalThis.friseVega) return globalThis.friseVega;
  globalThis.friseVega = new Promise((resolve) => {
    const take = (message, buffers) => {
      if (message.vega === undefined) return;
      channel.off("msg:custom", take);
      const url = URL.createObjectURL(new Blob([message.vega], { type: "text/javascript" }));
      resolve(import(url));
    };
    channel.on("msg:custom", take);
    channel.send({ do: "vega" });
  });
  return globalThis.friseVega;
}

class PreparedChart {
  constructor(host, specs, french) {
    this.host = host;
    this.specs = specs;
    this.french = french;
    this.view = null;
    this.layout = "";
    this.listeners = [];
  }

  clear() {
    if (this.view) this.view.finalize();
    this.view = null;
    this.layout = "";
    this.content = null;
    this.host.replaceChildren();
    this.host.dataset.layout = "";
    clearTooltip();
  }

  wanted() {
    return this.host.clientWidth < NARROW_UNDER ? "narrow" : "wide";
  }

  async show(content, vega) {
    this.content = content;
    this.vega = vega || this.vega;
    if (!this.vega || !this.host.clientWidth) return;
    if (this.layout !== this.wanted() || this.plain !== this.isPlain()) await this.embed();
    else await this.swap();
  }

  // The chart of an interview comes with its own specification, and has no family to choose.
  isPlain() {
    return Boolean(this.content.specs);
  }

  async embed() {
    const layout = this.wanted();
    const spec = structuredClone((this.content.specs || this.specs)[layout]);
    spec.datasets = this.content.data;
    for (const parameter of spec.params) {
      if (parameter.name in this.content.parameters) parameter.value = this.content.parameters[parameter.name];
    }
    this.size(spec, layout);
    const { vegaEmbed } = await this.vega;
    const holder = document.createElement("div");
    const options = { renderer: "svg", actions: false, formatLocale: this.french, tooltip: { theme: "frise" }, logLevel: ERRORS_ONLY };
    const result = await vegaEmbed(holder, spec, options);
    if (this.view) this.view.finalize();
    this.host.replaceChildren(holder);
    this.view = result.view;
    this.layout = layout;
    this.plain = this.isPlain();
    this.description = spec.description;
    this.host.dataset.layout = layout;
    this.mend();
    for (const [event, listener] of this.listeners) this.listen(event, listener);
  }

  sizes(layout) {
    const room = this.host.clientWidth;
    // Vega-Lite merges equal widths into one signal: alone, frise and strip are kept a pixel apart.
    const apart = this.isPlain() ? 1 : 0;
    if (layout === "narrow") {
      const plot = room - 52;
      return { frise_width: plot, overview_width: plot - apart, types_width: plot - 22, steps_width: plot - 1, intervals_width: plot - 2 };
    }
    const plot = room - 212;
    const part = Math.floor((plot - 2 * 86) / 3);
    return { frise_width: plot, overview_width: plot - apart, types_width: part, steps_width: part + 2, intervals_width: part + 1 };
  }

  size(spec, layout) {
    const sizes = this.sizes(layout);
    const place = (chart) => {
      if (chart.name && `${chart.name}_width` in sizes) chart.width = sizes[`${chart.name}_width`];
      if (chart.name === "frise") chart.height = this.content.heights[layout];
      for (const child of [...(chart.vconcat || []), ...(chart.hconcat || [])]) place(child);
    };
    place(spec);
  }

  async swap() {
    const view = this.view;
    for (const [name, rows] of Object.entries(this.content.data)) view.data(name, rows);
    for (const [name, value] of Object.entries(this.content.parameters)) view.signal(name, value);
    view.signal("frise_height", this.content.heights[this.layout]);
    view.data("period_store", []);
    if (!this.plain) view.data("family_store", []);
    await view.resize().runAsync();
    this.mend();
  }

  async resize() {
    if (!this.view || !this.host.clientWidth) return;
    if (this.layout !== this.wanted()) return this.embed();
    for (const [name, value] of Object.entries(this.sizes(this.layout))) {
      if (!this.plain || /^(frise|overview)_/.test(name)) this.view.signal(name, value);
    }
    await this.view.resize().runAsync();
    this.mend();
  }

  // Screen readers: the picture is one image with a description; its marks are told again in the text version.
  mend() {
    const svg = this.host.querySelector("svg");
    if (!svg) return;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", this.description);
    for (const child of svg.children) child.setAttribute("aria-hidden", "true");
  }

  on(event, listener) {
    this.listeners.push([event, listener]);
    if (this.view) this.listen(event, listener);
  }

  listen(event, listener) {
    if (event === "click") this.view.addEventListener("click", (_, item) => listener(item && item.datum ? item.datum : null));
    else if (event !== "family" || !this.plain) this.view.addSignalListener(event, (_, value) => listener(value));
  }

  async choose(keys) {
    if (!this.view) return;
    await this.view.signal("chosen", keys).runAsync();
  }

  async period(low, high) {
    if (!this.view) return;
    const field = { field: "start", channel: "x", type: "R" };
    const rows = low === null ? [] : [{ unit: "overview_layer_0", fields: [field], values: [[low, high]] }];
    await this.view.data("period_store", rows).runAsync();
  }

  async family(code) {
    if (!this.view || this.plain) return;
    const rows = code ? [{ unit: "types_layer_0", fields: [{ type: "E", field: "family" }], values: [code] }] : [];
    await this.view.data("family_store", rows).runAsync();
  }
}

function clearTooltip() {
  const tooltip = document.getElementById("vg-tooltip-element");
  if (tooltip) tooltip.remove();
}

// The charts of a panel, each in the place that carries its name.
async function drawPlots(panel, charts, vega, french) {
  for (const [name, spec] of Object.entries(charts || {})) {
    const host = panel.querySelector(`[data-chart="${name}"]`);
    if (!host || !vega) continue;
    const { vegaEmbed } = await vega;
    const options = { renderer: "svg", actions: false, formatLocale: french, tooltip: { theme: "frise" }, logLevel: ERRORS_ONLY };
    const { view } = await vegaEmbed(host, spec, options);
    host.friseView = view;
    const svg = host.querySelector("svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", spec.description || "");
    for (const child of svg.children) child.setAttribute("aria-hidden", "true");
  }
}

function forgetPlots(panel) {
  for (const host of panel.querySelectorAll("[data-chart]")) if (host.friseView) host.friseView.finalize();
}
