// Charts as SVG: axes, lines, points, cells.

import { number } from "/parts.js";

const SPACE = "http://www.w3.org/2000/svg";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
let clips = 0;

function svg(tag, attributes = {}, text = undefined) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

/** From numbers to places; logarithmic where asked. */
function scale(from, to, start, end, isLog) {
  const f = isLog ? Math.log10 : x => x;
  const [a, b] = [f(from), f(to)];
  const per = b === a ? 0 : (end - start) / (b - a);
  return value => start + (f(value) - a) * per;
}

function ticks(from, to, isLog, most) {
  if (isLog) {
    const [a, b] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)];
    if (b - a < 1) {
      return ticks(from, to, false, 4).filter(value => value > 0);
    }
    const step = Math.max(1, Math.ceil((b - a) / most));
    return Array.from({ length: Math.floor((b - a) / step) + 1 }, (_, i) => 10 ** (a + i * step));
  }
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= rough) ?? rough;
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.max(0, Math.floor(to / step + 1e-9) - first + 1) }, (_, i) => (first + i) * step);
}

function power(value) {
  const exponent = Math.log10(value);
  return Math.abs(exponent) <= 3 || !Number.isInteger(Number(exponent.toFixed(9)))
    ? number(value, 4)
    : "10" +
      (exponent < 0 ? "⁻" : "") +
      [...String(Math.abs(Math.round(exponent)))].map(c => SUPERSCRIPTS[c]).join("");
}

/** A frame with axes; its methods draw into it. */
export class Chart {
  constructor({ title, x, y }) {
    const [width, height] = innerWidth < 600 ? [400, 330] : [760, 400];
    const [left, right, top, bottom] = [64, 16, 14, 48];
    Object.assign(this, { x, y, width, height, left, right, top, bottom });
    this.element = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "chart" });
    this.element.append(svg("title", {}, title));
    this.toX = scale(x.from, x.to, left, width - right, x.isLog);
    this.toY = scale(y.from, y.to, height - bottom, top, y.isLog);
    this.#axes();
    const id = `clip-${clips++}`;
    const clip = svg("clipPath", { id });
    clip.append(svg("rect", { x: left, y: top, width: width - left - right, height: height - top - bottom }));
    this.body = svg("g", { "clip-path": `url(#${id})` });
    this.element.append(clip, this.body);
  }

  #axes() {
    const { width, height, left, right, top, bottom, x, y } = this;
    const axes = svg("g", { class: "axes" });
    for (const tick of ticks(x.from, x.to, x.isLog, width / 100)) {
      const at = this.toX(tick);
      axes.append(svg("line", { x1: at, x2: at, y1: top, y2: height - bottom, class: "grid" }));
      axes.append(
        svg(
          "text",
          { x: at, y: height - bottom + 18, "text-anchor": "middle" },
          x.isLog ? power(tick) : number(tick, 4),
        ),
      );
    }
    for (const tick of ticks(y.from, y.to, y.isLog, 6)) {
      const at = this.toY(tick);
      axes.append(svg("line", { x1: left, x2: width - right, y1: at, y2: at, class: "grid" }));
      axes.append(
        svg("text", { x: left - 8, y: at + 4, "text-anchor": "end" }, y.isLog ? power(tick) : number(tick, 4)),
      );
    }
    axes.append(
      svg("text", { x: (left + width - right) / 2, y: height - 8, "text-anchor": "middle", class: "name" }, x.name),
    );
    const middle = (top + height - bottom) / 2;
    axes.append(
      svg(
        "text",
        { x: 14, y: middle, transform: `rotate(-90 14 ${middle})`, "text-anchor": "middle", class: "name" },
        y.name,
      ),
    );
    this.element.append(axes);
  }

  /** A line through points; one that is there already is moved. */
  line(kind, points, old = undefined) {
    const path = old ?? svg("polyline", { class: `line ${kind}` });
    path.setAttribute(
      "points",
      points
        .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b))
        .map(([a, b]) => `${this.toX(a).toFixed(1)},${Math.max(-1e4, Math.min(1e4, this.toY(b))).toFixed(1)}`)
        .join(" "),
    );
    if (!old) {
      this.body.append(path);
    }
    return path;
  }

  /** A straight line across, with a word. */
  level(kind, y, word) {
    const at = this.toY(y);
    this.body.append(
      svg("line", { x1: this.left, x2: this.width - this.right, y1: at, y2: at, class: `line ${kind}` }),
    );
    if (word) {
      this.body.append(
        svg("text", { x: this.width - this.right - 6, y: at - 6, "text-anchor": "end", class: "word" }, word),
      );
    }
  }

  /** Points that can be clicked, each with what is said of it. */
  points(rows, onPick) {
    const group = svg("g", { class: "points" });
    const radius = rows.length > 1000 ? 2.6 : rows.length > 200 ? 3.4 : 4.6;
    for (const { x, y, row, label, isStrange } of rows) {
      const circle = svg("circle", {
        cx: this.toX(x).toFixed(1),
        cy: this.toY(y).toFixed(1),
        r: isStrange ? radius + 1 : radius,
        "data-row": row,
        class: isStrange ? "strange" : "",
      });
      circle.append(svg("title", {}, label));
      group.append(circle);
    }
    group.addEventListener("click", event => {
      const row = event.target.getAttribute?.("data-row");
      if (row) {
        onPick(Number(row));
      }
    });
    this.body.append(group);
  }

  /** Cells, the fuller their colour the more rows they hold. */
  cells(grid) {
    const group = svg("g", { class: "cells" });
    const wide = (grid.x.to - grid.x.from) / grid.x.cells;
    const high = (grid.y.to - grid.y.from) / grid.y.cells;
    const [w, h] = [this.toX(wide) - this.toX(0), this.toY(0) - this.toY(high)];
    let most = 1;
    for (let k = 2; k < grid.cells.length; k += 3) {
      most = Math.max(most, grid.cells[k]);
    }
    for (let k = 0; k < grid.cells.length; k += 3) {
      const [i, j, n] = grid.cells.slice(k, k + 3);
      group.append(
        svg("rect", {
          x: this.toX(grid.x.from + i * wide).toFixed(2),
          y: this.toY(grid.y.from + (j + 1) * high).toFixed(2),
          width: (w + 0.3).toFixed(2),
          height: (h + 0.3).toFixed(2),
          "fill-opacity": (0.12 + (0.88 * Math.log1p(n)) / Math.log1p(most)).toFixed(3),
        }),
      );
    }
    this.body.append(group);
  }

  /** Marks the point of a row; one that has none yet gets one at its place. */
  mark(row, place) {
    this.element.querySelector("circle.added")?.remove();
    let isThere = false;
    for (const circle of this.element.querySelectorAll("circle")) {
      const isPicked = circle.getAttribute("data-row") === String(row);
      circle.classList.toggle("picked", isPicked);
      isThere ||= isPicked;
    }
    if (!isThere && place) {
      this.body.append(svg("circle", { cx: this.toX(place[0]), cy: this.toY(place[1]), r: 5, class: "picked added" }));
    }
  }
}

/** Ends for an axis that shows all values, with a little room. */
export function ends(values, isLog = false) {
  let [from, to] = [Infinity, -Infinity];
  for (const value of values) {
    if (Number.isFinite(value) && (!isLog || value > 0)) {
      [from, to] = [Math.min(from, value), Math.max(to, value)];
    }
  }
  if (from > to) {
    return isLog ? [1, 10] : [0, 1];
  }
  if (isLog) {
    return [from / 1.3, to * 1.3];
  }
  const room = (to - from || Math.abs(to) || 1) * 0.05;
  return [from - room, to + room];
}
