// The rows of a fit: pictures of them, and what W and b would be without one.

import { Chart, ends } from "/chart.js";
import { ask } from "/server.js";
import { command, count, field, make, number, shown, table } from "/parts.js";

const [ROW, FITTED, MEASURED, RESIDUAL, LEVERAGE, STANDARDIZED, COOK] = [0, 1, 2, 3, 4, 5, 6];
const PICTURES = {
  residual: {
    name: "Residuals",
    x: FITTED,
    y: RESIDUAL,
    names: ["fitted", "residual"],
    grid: "fittedAndResidual",
    level: 0,
  },
  measured: {
    name: "Measured",
    x: FITTED,
    y: MEASURED,
    names: ["fitted", "measured"],
    grid: "fittedAndMeasured",
    diagonal: true,
  },
  leverage: {
    name: "Leverage",
    x: LEVERAGE,
    y: STANDARDIZED,
    names: ["leverage", "standardized residual"],
    grid: "leverageAndStandardized",
    level: 0,
  },
};

export class RowsView {
  constructor(element, { busy }) {
    Object.assign(this, { element, busy });
  }

  show(fit) {
    Object.assign(this, { fit, target: 0, picture: "residual", answer: null });
    this.draw();
  }

  async remove(row) {
    await this.busy(`taking out row ${row}`, async () => {
      this.answer = await ask("/api/row", { row });
      this.#mark();
      this.panel.replaceChildren(...this.#without());
    });
  }

  draw() {
    const clouds = this.fit.clouds;
    this.panel = make(
      "div",
      { id: "without", class: "card", "aria-live": "polite" },
      ...(this.answer
        ? this.#without()
        : [make("p", { class: "muted" }, "Click a row to see what W and b would be without it.")]),
    );
    this.element.replaceChildren(
      make("h1", {}, "The rows"),
      ...(clouds.length
        ? this.#pictures()
        : [
            make(
              "p",
              { class: "muted" },
              "There are no pictures of the rows: " +
                `${this.fit.whyNoClouds || "too few rows, or inputs that depend on each other"}.`,
            ),
          ]),
      this.#byNumber(),
      this.panel,
      ...(clouds.length ? [this.#extremes()] : []),
    );
    this.#mark();
  }

  #mark() {
    const kind = PICTURES[this.picture];
    const target = this.answer?.targets[this.target];
    if (target) {
      const place =
        kind.x === FITTED ? [target.fitted, kind.y === MEASURED ? target.value : target.value - target.fitted] : null;
      this.chart?.mark(this.answer.row, place);
    }
  }

  #pictures() {
    const cloud = this.fit.clouds[this.target];
    const pick = make(
      "select",
      {
        "aria-label": "target",
        onchange: () => {
          this.target = pick.selectedIndex;
          this.draw();
        },
      },
      ...this.fit.clouds.map((other, i) => make("option", { selected: i === this.target }, shown(other.target))),
    );
    const tabs = Object.entries(PICTURES).map(([key, picture]) =>
      make(
        "button",
        {
          type: "button",
          class: "pill",
          "aria-pressed": String(key === this.picture),
          onclick: () => {
            this.picture = key;
            this.draw();
          },
        },
        picture.name,
      ),
    );
    const about = cloud.points.length
      ? `Each of ${count(cloud.rows)} rows is a point; those in colour stand out.`
      : `${count(cloud.rows)} rows: the fuller the colour, the more rows; the points are those that stand out.`;
    return [
      make("div", { class: "controls" }, this.fit.clouds.length > 1 ? pick : null, ...tabs),
      make("figure", {}, this.#chart(cloud), make("figcaption", {}, about)),
    ];
  }

  #chart(cloud) {
    const kind = PICTURES[this.picture];
    const strange = new Set(
      [...cloud.largestResiduals.slice(0, 3), ...cloud.largestDistances.slice(0, 3)].map(row => row[ROW]),
    );
    const outer = [
      ...new Map(
        [...cloud.largestResiduals, ...cloud.largestLeverages, ...cloud.largestDistances].map(row => [row[ROW], row]),
      ).values(),
    ];
    const rows = (cloud.points.length ? cloud.points : outer).filter(
      row => row[kind.x] !== null && row[kind.y] !== null,
    );
    const grid = cloud[kind.grid];
    const [xs, ys] = [rows.map(row => row[kind.x]), rows.map(row => row[kind.y])];
    if (grid) {
      addEnds(grid, xs, ys);
    }
    const [x0, x1] = ends(xs);
    const [y0, y1] = ends(ys);
    this.chart = new Chart({
      title: `${kind.names[1]} by ${kind.names[0]} of ${shown(cloud.target)}`,
      x: { from: kind.x === LEVERAGE ? Math.max(0, x0) : x0, to: x1, name: kind.names[0] },
      y: { from: y0, to: y1, name: kind.names[1] },
    });
    if (grid) {
      this.chart.cells(grid);
    }
    if (kind.level === 0 && y0 < 0 && y1 > 0) {
      this.chart.level("guide", 0);
    }
    if (kind.diagonal) {
      this.chart.line("guide", [
        [x0, x0],
        [x1, x1],
      ]);
    }
    this.chart.points(
      rows.map(row => ({
        x: row[kind.x],
        y: row[kind.y],
        row: row[ROW],
        isStrange: strange.has(row[ROW]),
        label:
          `row ${row[ROW]}: measured ${number(row[MEASURED])}, ` +
          `fitted ${number(row[FITTED])}, leverage ${number(row[LEVERAGE], 3)}`,
      })),
      row => this.remove(row),
    );
    return this.chart.element;
  }

  #byNumber() {
    const input = make("input", {
      type: "number",
      min: 1,
      max: this.fit.rows,
      step: 1,
      value: this.answer?.row ?? "",
      id: "row-number",
    });
    return make(
      "form",
      {
        class: "controls",
        onsubmit: event => {
          event.preventDefault();
          if (input.value) {
            this.remove(Number(input.value));
          }
        },
      },
      field("Row", input),
      make("button", { type: "submit" }, "Take it out"),
    );
  }

  #without() {
    const answer = this.answer;
    const lost = answer.rankBefore - answer.rank;
    return [
      make("h2", {}, `Without row ${answer.row}`, make("small", {}, `${answer.milliseconds.toFixed(1)} ms, exactly`)),
      make(
        "p",
        { class: "muted" },
        [
          ...answer.targets.map(target => `${shown(target.name)} = ${number(target.value)}`),
          ...answer.inputs.slice(0, 8).map((name, j) => `${shown(name)} = ${number(answer.values[j])}`),
          ...(answer.inputs.length > 8 ? ["…"] : []),
        ].join(", "),
      ),
      lost > 0
        ? make(
            "p",
            { class: "warning" },
            `The other rows leave ${lost === 1 ? "a direction" : `${lost} directions`} undetermined: ` +
              "this row decides alone.",
          )
        : null,
      ...answer.targets.map(target =>
        table(
          [shown(target.name), "with it", "without it", "moves by", "of its std. error"],
          target.parameters.map(parameter => {
            const moved =
              parameter.after === null || parameter.before === null ? null : parameter.after - parameter.before;
            return [
              shown(parameter.name),
              parameter.before === null ? "undetermined" : number(parameter.before),
              parameter.after === null ? "undetermined" : number(parameter.after),
              number(moved, 3),
              moved === null || !parameter.error ? "–" : number(moved / parameter.error, 3),
            ];
          }),
          `Residual standard deviation ${number(target.deviationBefore)} → ${number(target.deviation)}; ` +
            `R² ${number(target.rSquaredBefore)} → ${number(target.rSquared)}`,
        ),
      ),
      answer.command
        ? command(answer.command)
        : make("p", { class: "muted" }, "No short command says the same: in this file, a row is not just a line."),
    ].filter(part => part !== null);
  }

  #extremes() {
    const cloud = this.fit.clouds[this.target];
    const all = new Map(
      [
        ...cloud.largestDistances.slice(0, 6),
        ...cloud.largestResiduals.slice(0, 4),
        ...cloud.largestLeverages.slice(0, 4),
      ].map(row => [row[ROW], row]),
    );
    const rows = [...all.values()].sort((a, b) => (b[COOK] ?? 9e99) - (a[COOK] ?? 9e99));
    return make(
      "div",
      {},
      make("h2", {}, "Rows that stand out"),
      table(
        ["take out", "row", "measured", "fitted", "standardized residual", "leverage", "Cook's distance"],
        rows.map(row => [
          make("button", { type: "button", class: "quiet", onclick: () => this.remove(row[ROW]) }, "without"),
          String(row[ROW]),
          number(row[MEASURED]),
          number(row[FITTED]),
          number(row[STANDARDIZED], 3),
          number(row[LEVERAGE], 3),
          number(row[COOK], 3),
        ]),
      ),
    );
  }
}

function addEnds(grid, xs, ys) {
  const at = (axis, i) => axis.from + (i * (axis.to - axis.from)) / axis.cells;
  for (let k = 0; k < grid.cells.length; k += 3) {
    xs.push(at(grid.x, grid.cells[k]), at(grid.x, grid.cells[k] + 1));
    ys.push(at(grid.y, grid.cells[k + 1]), at(grid.y, grid.cells[k + 1] + 1));
  }
}
