// Notes when a chart is painted: its marks are in the page, and a frame has been drawn since.
(() => {
  const PATIENCE_MS = 60000;
  const roots = [document];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    roots.push(root);
    return root;
  };

  const find = (selector) => roots.map((root) => root.querySelector(selector)).find(Boolean);
  const drawn = (svg) => Boolean(svg && svg.querySelector("path[d], line"));

  // Milliseconds since the navigation, once `test` holds and the frame that shows it has been drawn.
  const painted = (test) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Nothing painted in ${PATIENCE_MS / 1000} s: ${location}`)), PATIENCE_MS);
      const done = () => clearTimeout(late) || resolve(performance.now());
      const look = () => (test() ? setTimeout(done, 0) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });

  globalThis.bench = {
    find,
    painted,
    chart: (selector) => painted(() => drawn(find(selector))),
    person: (words) => painted(() => drawn(find(`[aria-label="${words}"] svg`) || find(`svg[aria-label="${words}"]`))),
    marks: (selector) => (find(selector) ? find(selector).querySelectorAll("*").length : 0),
  };
})();
