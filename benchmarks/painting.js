// Notes when a chart is painted: its marks are in the page, and a frame has been drawn since.
(() => {
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
    new Promise((resolve) => {
      const look = () => (test() ? setTimeout(() => resolve(performance.now()), 0) : requestAnimationFrame(look));
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
