// The part of Jupyter's messages that widgets need, over one websocket.

const CHANNEL = "shell";

function identifier() {
  return crypto.randomUUID?.() ?? Math.random().toString(36).slice(2) + Date.now().toString(36);
}

function decode(frame) {
  if (typeof frame === "string") return { ...JSON.parse(frame), buffers: [] };
  const view = new DataView(frame);
  const count = view.getInt32(0);
  const offsets = Array.from({ length: count }, (_, index) => view.getInt32(4 * (index + 1)));
  const parts = offsets.map((start, index) => frame.slice(start, offsets[index + 1]));
  const message = JSON.parse(new TextDecoder().decode(parts[0]));
  return { ...message, buffers: parts.slice(1).map((part) => new DataView(part)) };
}

function encode(message, buffers) {
  if (buffers.length === 0) return JSON.stringify(message);
  const parts = [new TextEncoder().encode(JSON.stringify(message)), ...buffers.map(bytes)];
  const head = 4 * (parts.length + 1);
  const whole = new Uint8Array(head + parts.reduce((sum, part) => sum + part.byteLength, 0));
  const view = new DataView(whole.buffer);
  view.setInt32(0, parts.length);
  parts.reduce((offset, part, index) => {
    view.setInt32(4 * (index + 1), offset);
    whole.set(part, offset);
    return offset + part.byteLength;
  }, head);
  return whole.buffer;
}

function bytes(buffer) {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

export class KernelLink {
  #socket;
  #session = identifier();
  #waiting = [];
  #listeners = new Map();
  #answers = new Map();
  #closed = false;
  onover = () => {};

  constructor(path) {
    const url = new URL(path, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("session_id", this.#session);
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => this.#waiting.splice(0).forEach((frame) => this.#socket.send(frame));
    this.#socket.onmessage = (event) => this.#receive(decode(event.data));
    this.#socket.onclose = (event) => !this.#closed && this.onover(event.code);
  }

  // Sends one message; the promise is kept when the kernel is idle again after it.
  send(type, content, { metadata = {}, buffers = [] } = {}) {
    const id = identifier();
    const header = { msg_id: id, msg_type: type, session: this.#session, username: "", version: "5.3", date: new Date().toISOString() };
    const frame = encode({ header, parent_header: {}, metadata, content, channel: CHANNEL, buffers: [] }, buffers);
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
    else this.#waiting.push(frame);
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  // Calls `listener(data, buffers)` for each message of one comm.
  listen(commId, listener) {
    this.#listeners.set(commId, listener);
  }

  close() {
    this.#closed = true;
    this.#socket.close();
  }

  #receive(message) {
    const { msg_type: type } = message.header;
    const { content, buffers } = message;
    if (type === "comm_msg" || type === "comm_open") this.#dispatch(type, content, buffers);
    else if (type === "status") this.#status(content.execution_state, message.parent_header.msg_id);
  }

  #dispatch(type, content, buffers) {
    const listener = this.#listeners.get(content.comm_id) ?? (type === "comm_open" ? this.#listeners.get("*") : undefined);
    listener?.(content.data, buffers, content.comm_id);
  }

  #status(state, parent) {
    if (state === "idle" && this.#answers.has(parent)) {
      this.#answers.get(parent)();
      this.#answers.delete(parent);
    } else if (["restarting", "autorestarting", "dead"].includes(state)) {
      this.close();
      this.onover(0);
    }
  }
}
