// Draws anywidget widgets without JupyterLab: some 10 kB instead of 3 MB.
// Follows the Anywidget Front-End Module interface: { initialize?, render? } with a model that has get, set, on, off,
// save_changes, send.

const CONTROL = "jupyter.widget.control";
const VERSION = { version: "2.1.0" };
const modules = new Map();

function at(state, path) {
  return path.slice(0, -1).reduce((place, key) => place[key], state);
}

function putBuffers(state, paths = [], buffers = []) {
  paths.forEach((path, index) => {
    at(state, path)[path.at(-1)] = buffers[index];
  });
  return state;
}

// Takes binary values out of what is sent: JSON cannot hold them.
function takeBuffers(value, path = [], found = { paths: [], buffers: [] }) {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    found.paths.push(path);
    found.buffers.push(value);
    return [null, found];
  }
  if (value === null || typeof value !== "object") return [value, found];
  const copy = Array.isArray(value) ? [] : {};
  for (const [key, item] of Object.entries(value)) copy[key] = takeBuffers(item, [...path, Array.isArray(value) ? Number(key) : key], found)[0];
  return [copy, found];
}

class Model {
  #link;
  #host;
  #state;
  #changed = {};
  #listeners = [];
  #sending = null;

  constructor(host, link, id, description) {
    this.#host = host;
    this.#link = link;
    this.id = id;
    this.description = description;
    this.#state = description.state;
    link.listen(id, (data, buffers) => this.#receive(data, buffers));
    this.widget_manager = { get_model: (modelId) => host.model(modelId) };
  }

  get(name) {
    return this.#state[name];
  }

  set(name, value) {
    const changes = typeof name === "string" ? { [name]: value } : name;
    this.#apply(changes, (key) => (this.#changed[key] = this.#state[key]));
  }

  // While the kernel works on one change, the next ones are gathered: a slider does not queue a hundred messages.
  save_changes() {
    if (Object.keys(this.#changed).length === 0 || this.#sending) return;
    const [state, { paths, buffers }] = takeBuffers(this.#changed);
    this.#changed = {};
    const data = { method: "update", state, buffer_paths: paths };
    this.#sending = this.#link.send("comm_msg", { comm_id: this.id, data }, { metadata: VERSION, buffers });
    this.#sending.then(() => {
      this.#sending = null;
      this.save_changes();
    });
  }

  send(content, _callbacks, buffers = []) {
    return this.#link.send("comm_msg", { comm_id: this.id, data: { method: "custom", content } }, { metadata: VERSION, buffers });
  }

  on(names, callback, owner) {
    for (const name of names.split(/\s+/)) this.#listeners.push({ name, callback, owner });
  }

  off(names, callback, owner) {
    const gone = (item) =>
      (!names || names.split(/\s+/).includes(item.name)) &&
      (!callback || item.callback === callback) &&
      (!owner || item.owner === owner);
    this.#listeners = this.#listeners.filter((item) => !gone(item));
  }

  #receive(data, buffers) {
    if (data.method === "update") this.#apply(putBuffers(data.state, data.buffer_paths, buffers), () => {});
    else if (data.method === "custom") this.#tell("msg:custom", data.content, buffers);
  }

  #apply(changes, note) {
    const names = Object.keys(changes).filter((name) => this.#state[name] !== changes[name]);
    for (const name of names) {
      this.#state[name] = changes[name];
      note(name);
    }
    for (const name of names) this.#tell(`change:${name}`, this, changes[name]);
    if (names.length) this.#tell("change", this);
  }

  #tell(name, ...values) {
    for (const item of this.#listeners.filter((one) => one.name === name)) {
      try {
        item.callback(...values);
      } catch (error) {
        console.error(error);
      }
    }
  }
}

async function moduleOf(model) {
  const source = model.get("_esm");
  if (!modules.has(source)) {
    const url = /^https?:/.test(source) ? source : URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    modules.set(source, import(url));
  }
  const module = await modules.get(source);
  const widget = module.default ?? { render: module.render };
  return typeof widget === "function" ? widget() : widget;
}

function addStyle(model) {
  const text = model.get("_css");
  const name = model.get("_anywidget_id");
  if (!text || document.querySelector(`style[data-anywidget="${CSS.escape(name)}"]`)) return;
  const style = document.createElement("style");
  style.dataset.anywidget = name;
  style.textContent = text;
  document.head.append(style);
}

export class WidgetHost {
  #link;
  #models = new Map();
  #initialized = new Map();

  constructor(link) {
    this.#link = link;
  }

  // Asks the kernel for the state of all its widgets, in one message.
  async load() {
    const commId = crypto.randomUUID?.() ?? `control-${Date.now()}`;
    const states = new Promise((resolve) => {
      this.#link.listen(commId, (data, buffers) => resolve([data, buffers]));
    });
    this.#link.listen("*", (data, buffers, id) => this.#add(id, { ...data, model_module: data.state?._model_module }, buffers));
    this.#link.send("comm_open", { comm_id: commId, target_name: CONTROL, data: {} }, { metadata: { version: "1.0.0" } });
    this.#link.send("comm_msg", { comm_id: commId, data: { method: "request_states" } });
    const [data, buffers] = await states;
    putBuffers(data.states, data.buffer_paths, buffers);
    for (const [id, description] of Object.entries(data.states)) this.#add(id, description);
  }

  canDraw(id) {
    return this.#models.get(id)?.description.model_module === "anywidget";
  }

  async model(id) {
    return this.#models.get(id.replace(/^IPY_MODEL_/, ""));
  }

  async draw(holder) {
    const model = this.#models.get(holder.dataset.modelId);
    addStyle(model);
    const widget = await this.#initialize(model);
    const el = document.createElement("div");
    el.className = "frise-widget-vue";
    holder.replaceChildren(el);
    const signal = new AbortController().signal;
    const host = { getModel: (id) => this.model(id) };
    await widget.render?.({ model, el, signal, host, experimental: this.#experimental(model) });
  }

  #add(id, description, buffers) {
    if (!description.state) return;
    putBuffers(description.state, description.buffer_paths, buffers);
    this.#models.set(id, new Model(this, this.#link, id, description));
  }

  #initialize(model) {
    if (!this.#initialized.has(model.id)) this.#initialized.set(model.id, this.#start(model));
    return this.#initialized.get(model.id);
  }

  async #start(model) {
    const widget = await moduleOf(model);
    const signal = new AbortController().signal;
    await widget.initialize?.({ model, signal, experimental: this.#experimental(model) });
    return widget;
  }

  #experimental(model) {
    return { invoke: (name, message, options = {}) => invoke(model, name, message, options) };
  }
}

function invoke(model, name, message, { buffers = [], signal = AbortSignal.timeout(3000) } = {}) {
  const id = crypto.randomUUID?.() ?? String(Math.random());
  return new Promise((resolve, reject) => {
    const answer = (content, answered) => {
      if (content?.id !== id) return;
      model.off("msg:custom", answer);
      resolve([content.response, answered]);
    };
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    model.on("msg:custom", answer);
    model.send({ id, kind: "anywidget-command", name, msg: message }, undefined, buffers);
  });
}
