// The boxes of the panel of choices of counting: everything was computed when the panel was written, nothing is asked.

const robustness = {
  bind(root) {
    root.addEventListener("change", (event) => {
      if (event.target.matches("[data-robust]")) robustness.show(event.target.closest(".fc-robust"));
    });
  },

  show(panel) {
    const kept = JSON.parse(panel.dataset.robustValues);
    const boxes = [...panel.querySelectorAll("[data-robust]:checked")];
    const choices = boxes.map((box) => box.dataset.robust).sort().join(" ");
    const found = kept[choices];
    for (const cell of panel.querySelectorAll("[data-robust-cell]")) {
      cell.textContent = found.cells[cell.dataset.robustCell];
      cell.toggleAttribute("data-moved", found.moved.includes(cell.dataset.robustCell));
    }
    panel.querySelector("[data-robust-told]").textContent = found.told;
    const plot = panel.querySelector("[data-chart=robustness]");
    if (plot && plot.friseView) plot.friseView.signal("combination", choices).runAsync();
  },
};
