// Drag over the bars of the histogram: what lies between the ends is the range of dates.

const SVG = "http://www.w3.org/2000/svg";

export function brushDates() {
  const chart = document.querySelector(".hist[data-periods]");
  if (!chart) return;
  const periods = chart.dataset.periods.split(" ");
  const share = Number(chart.dataset.width) / 100;
  let first = -1;
  let band = null;

  const placeOf = (event) => {
    const box = chart.getBoundingClientRect();
    return (event.clientX - box.left) / (box.width * share);
  };
  const slotOf = (event) => {
    const slot = Math.floor(placeOf(event) * periods.length);
    return Math.min(Math.max(slot, 0), periods.length - 1);
  };
  const stop = () => {
    band?.remove();
    [first, band] = [-1, null];
  };

  chart.addEventListener("dragstart", (event) => event.preventDefault());
  chart.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && placeOf(event) <= 1) first = slotOf(event);
  });
  addEventListener("pointermove", (event) => {
    if (first < 0) return;
    const [from, to] = [first, slotOf(event)].sort((a, b) => a - b);
    if (!band && from === to) return;
    if (!band) {
      band = chart.appendChild(document.createElementNS(SVG, "rect"));
      band.setAttribute("class", "brush drawn");
      band.setAttribute("height", chart.dataset.height);
    }
    const step = (share * 100) / periods.length;
    band.setAttribute("x", `${from * step}%`);
    band.setAttribute("width", `${(to - from + 1) * step}%`);
  });
  addEventListener("pointerup", (event) => {
    if (!band) return stop();
    const [from, to] = [first, slotOf(event)].sort((a, b) => a - b);
    const there = new URL(location);
    there.searchParams.set("from", periods[from]);
    there.searchParams.set("to", periods[to]);
    there.searchParams.delete("offset");
    // The click that follows belongs to the drag and must not choose a single bar.
    addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    stop();
    location.assign(there);
  });
  addEventListener("pointercancel", stop);
}
