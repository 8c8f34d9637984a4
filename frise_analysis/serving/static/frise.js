// What a page does once its text is on screen: bring its widgets to life, keep its session, say when it is over.
import { KernelLink } from "./kernel-link.js";
import { WidgetHost } from "./widgets.js";

const session = JSON.parse(document.getElementById("frise-session").textContent);
const base = session.baseUrl;
const WORKING_NOTICE_MS = 400;
const PAINT_WAIT_MS = 4000;
const ACTIVITY_EVERY_MS = 60000;
let leaving = false;

// The link is opened while the page is still being read: it is ready when the first widget is.
const link = new KernelLink(`${base}api/kernels/${session.kernelId}/channels`);

function mark(name) {
  performance.mark(name);
  document.documentElement.dataset[name.replace("frise:", "frise")] = String(Math.round(performance.now()));
}

function ready() {
  return new Promise((resolve) => {
    if (document.readyState !== "loading") resolve();
    else document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });
}

function show(id) {
  document.getElementById(id)?.removeAttribute("hidden");
}

// --- First paint -------------------------------------------------------------------------------------------------

function removeFirstPaint(modelId) {
  for (const paint of document.querySelectorAll(".frise-first-paint")) {
    if (paint.dataset.modelId === modelId) paint.remove();
  }
}

document.addEventListener("frise:painted", (event) => {
  const holder = event.target instanceof Element ? event.target.closest("[data-model-id]") : null;
  const modelId = event.detail?.modelId ?? holder?.dataset.modelId;
  if (modelId) removeFirstPaint(modelId);
});

// A widget that does not know the agreement never says that it has painted: having a height is its word.
function removeFirstPaintOnceVisible(holder) {
  setTimeout(() => {
    if (holder.scrollHeight > 1) removeFirstPaint(holder.dataset.modelId);
  }, PAINT_WAIT_MS);
}

// --- Widgets -----------------------------------------------------------------------------------------------------

async function bringToLife() {
  await ready();
  mark("frise:read");
  const holders = [...document.querySelectorAll(".frise-widget")];
  if (holders.length === 0) return mark("frise:alive");
  try {
    await drawAll(holders);
    mark("frise:alive");
    document.dispatchEvent(new CustomEvent("frise:alive"));
  } catch (error) {
    console.error(error);
    show("frise-figee");
  }
}

async function drawAll(holders) {
  const host = new WidgetHost(link);
  await host.load();
  const ids = holders.map((holder) => holder.dataset.modelId);
  if (ids.every((id) => host.canDraw(id))) {
    await Promise.all(holders.map((holder) => host.draw(holder)));
    holders.forEach(removeFirstPaintOnceVisible);
  } else {
    await wholeMachinery(holders);
  }
}

// Voilà's script waits for the end of loading, which may be past when it is asked for.
function answerLateLoad() {
  const listen = window.addEventListener;
  window.addEventListener = function (kind, listener, ...options) {
    if (kind === "load" && document.readyState === "complete") queueMicrotask(() => listener(new Event("load")));
    else listen.call(this, kind, listener, ...options);
  };
}

// Widgets of other libraries need JupyterLab's own machinery: some 3 MB, loaded only for a page that has one.
function wholeMachinery(holders) {
  link.close();
  answerLateLoad();
  for (const holder of holders) {
    const output = document.createElement("script");
    output.type = "application/vnd.voila.cell-output+json";
    const view = { model_id: holder.dataset.modelId, version_major: 2, version_minor: 0 };
    output.textContent = JSON.stringify({
      output_type: "display_data",
      data: { "application/vnd.jupyter.widget-view+json": view },
      metadata: {},
      trusted: true,
    });
    holder.append(output);
  }
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = session.controlsCss;
  const script = document.createElement("script");
  script.src = session.voilaScript;
  document.head.append(styles, script);
  return Promise.all(holders.map(drawn));
}

function drawn(holder) {
  return new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (!holder.querySelector(".jupyter-widgets, .widget-subarea, .lm-Widget .lm-Widget")) return;
      watch.disconnect();
      removeFirstPaintOnceVisible(holder);
      resolve();
    });
    watch.observe(holder, { childList: true, subtree: true });
  });
}

// --- Session -----------------------------------------------------------------------------------------------------

function xsrf() {
  return document.cookie.split("; ").find((item) => item.startsWith("_xsrf="))?.slice(6) ?? "";
}

function askSession(method) {
  const headers = { "X-XSRFToken": xsrf() };
  return fetch(`${base}seance/${session.kernelId}`, { method, headers, keepalive: true });
}

function sayOver(reason) {
  if (leaving) return;
  document.dispatchEvent(new CustomEvent("frise:over"));
  show(reason === "idle" ? "frise-inactive" : "frise-interrompue");
  document.querySelector("#frise-inactive:not([hidden]) button, #frise-interrompue:not([hidden]) button")?.focus();
}

// Somebody who leaves in one tab leaves in all: no other may go on showing a record.
link.onover = (code) => {
  if (code === 4002 && !leaving) location.replace(`${base}logout`);
  else sayOver(code === 4001 ? "idle" : "lost");
};
document.querySelector(".frise-quitter")?.addEventListener("submit", () => {
  leaving = true;
});

let lastSaid = 0;
async function sayActive() {
  if (Date.now() - lastSaid < Math.min(ACTIVITY_EVERY_MS, session.idleMs / 4)) return;
  lastSaid = Date.now();
  const answer = await askSession("POST").catch(() => null);
  if (answer?.status === 404) sayOver("idle");
}

for (const kind of ["pointerdown", "keydown", "scroll", "focus"]) {
  addEventListener(kind, sayActive, { passive: true, capture: true });
}
// The browser keeps this page until the next one answers, which may be waiting for this very seat.
addEventListener("beforeunload", () => {
  askSession("PUT").catch(() => {});
});
addEventListener("pagehide", () => {
  leaving = true;
  askSession("DELETE").catch(() => {});
});
// Back to a page kept in memory by the browser: its kernel was given back.
addEventListener("pageshow", (event) => event.persisted && location.reload());
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-frise-recharger]")) location.reload();
});

const waiting = document.getElementById("frise-attente");
if (waiting) setTimeout(() => waiting.classList.add("frise-longue"), WORKING_NOTICE_MS);
bringToLife();
