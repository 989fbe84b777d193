// How large the faces are: bars, with a text that says the same.

import { faces as countOf } from "./words.js";

const EDGES = [0, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, Infinity];
const SVG = "http://www.w3.org/2000/svg";

/** Counts by size, from the first to the last size that occurs. */
export function binsOf(faces) {
  const bins = EDGES.slice(0, -1).map((from, i) => ({ from, to: EDGES[i + 1], count: 0 }));
  for (const face of faces) {
    const side = Math.max(face.width, face.height);
    bins[EDGES.findLastIndex(edge => side >= edge)].count++;
  }
  const first = bins.findIndex(bin => bin.count > 0);
  const last = bins.findLastIndex(bin => bin.count > 0);

  // At least five bars, so that a single one does not fill the place.
  const [from, to] = [Math.max(0, Math.min(first, last - 4)), Math.max(last, Math.min(first + 4, 11))];
  return first < 0 ? [] : bins.slice(from, to + 1);
}

const nameOf = bin => bin.to === Infinity ? `${bin.from}+` : bin.from === 0 ? `<${bin.to}` : `${bin.from}–${bin.to}`;

function element(parent, name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  parent.append(made);
  return made;
}

/** Draws the bars of some faces into an element. */
export function drawHistogram(place, faces) {
  const bins = binsOf(faces);
  const [width, height, foot, head] = [330, 110, 18, 14];
  const most = Math.max(1, ...bins.map(bin => bin.count));
  const step = width / Math.max(1, bins.length);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", bins.filter(bin => bin.count > 0).map(bin =>
    bin.to === Infinity ? `${countOf(bin.count)} from ${bin.from} pixels on`
      : `${countOf(bin.count)} from ${bin.from} to ${bin.to} pixels`).join(", ") || "no faces");
  bins.forEach((bin, i) => {
    const bar = Math.max(bin.count > 0 ? 2 : 0, (height - foot - head) * bin.count / most);
    const x = step * i;
    element(svg, "rect", { x: x + step * 0.1, y: height - foot - bar, width: step * 0.8, height: bar, rx: 2 });
    element(svg, "text", { x: x + step / 2, y: height - 5 }, nameOf(bin));
    if (bin.count > 0) {
      element(svg, "text", { x: x + step / 2, y: height - foot - bar - 4, class: "many" }, bin.count);
    }
  });
  element(svg, "line", { x1: 0, x2: width, y1: height - foot + 0.5, y2: height - foot + 0.5 });
  place.replaceChildren(svg);
}
