// The data: which file, which columns, which of them are targets and inputs.

import { ask, upload } from "/server.js";
import { command, count, make, number, shown, table } from "/parts.js";

const KINDS = { number: "number", text: "text", "truth-value": "yes/no", date: "date", other: "other" };
const ROLES = [
  ["target", "target"],
  ["input", "input"],
  ["out", "left out"],
];

export class ColumnsView {
  constructor(element, { busy, onOpened, onFit }) {
    Object.assign(this, { element, busy, onOpened, onFit, files: [], answer: null });
    this.#acceptDrops();
  }

  async start() {
    const { first, files } = await ask("/api/files");
    this.files = files;
    this.draw();
    if (first) {
      await this.open(first);
    }
  }

  open(file) {
    return this.#take(`opening ${file}`, () => ask("/api/open", { file }));
  }

  hand(file) {
    return this.#take(`reading ${file.name}`, () => upload(file));
  }

  #take(what, read) {
    return this.busy(what, async () => {
      this.answer = await read();
      const look = this.answer.look;
      this.roles = new Map(
        look.columns.map(column => [
          column.name,
          look.targets.includes(column.name) ? "target" : look.inputs.includes(column.name) ? "input" : "out",
        ]),
      );
      this.dropsMissing = look.dropsMissing;
      this.hasNoBias = false;
      this.onOpened(this.answer.file);
      this.draw();
    });
  }

  draw() {
    this.element.replaceChildren(...(this.answer ? this.#opened() : this.#welcome()));
  }

  #welcome() {
    return [
      make("h1", {}, "Which data?"),
      make("p", { class: "lead" }, "Plumb learns y = W x + b from a table, and says whether W and b can be trusted."),
      this.#picker(),
    ];
  }

  #picker() {
    const input = make("input", {
      type: "file",
      id: "pick",
      class: "away",
      onchange: () => input.files[0] && this.hand(input.files[0]),
    });
    return make(
      "div",
      { class: "picker" },
      make(
        "label",
        { class: "drop", htmlFor: "pick" },
        make("strong", {}, "Drop a file here, or choose one"),
        make("span", { class: "muted" }, "CSV, Parquet, JSON lines, Arrow, NumPy … It stays here."),
      ),
      input,
      this.files.length === 0
        ? null
        : make(
            "div",
            {},
            make("h2", {}, "In this folder"),
            make(
              "ul",
              { class: "files" },
              ...this.files.map(file =>
                make(
                  "li",
                  {},
                  make("button", { type: "button", class: "link", onclick: () => this.open(file) }, shown(file)),
                ),
              ),
            ),
          ),
    );
  }

  #opened() {
    const { look, command: line } = this.answer;
    const rows = look.isAll
      ? `${count(look.rows)} rows`
      : look.allRows
        ? `about ${count(look.allRows)} rows`
        : `more than ${count(look.rows)} rows`;
    const names = look.columns.map(column => shown(column.name));
    return [
      make("h1", {}, shown(this.answer.file)),
      make("p", { class: "muted" }, `${rows}, ${look.columns.length} columns. ${look.form}`),
      make("p", {}, "Choose what to predict (target), and what to predict it from (inputs)."),
      this.#roles(look.columns),
      this.#choices(look),
      ...(look.findings.length
        ? [
            make(
              "ul",
              { class: "findings" },
              ...look.findings.map(finding =>
                make(
                  "li",
                  { class: finding.severity === "information" ? "note" : "warning" },
                  make("p", {}, finding.message),
                  finding.remedy ? make("p", { class: "remedy" }, finding.remedy) : null,
                ),
              ),
            ),
          ]
        : []),
      make(
        "details",
        {},
        make("summary", {}, "The first rows"),
        table(
          names,
          look.firstRows.map(row => row.map(cell => shown(cell ?? ""))),
        ),
      ),
      command(line),
      make("details", {}, make("summary", {}, "Other data"), this.#picker()),
    ];
  }

  #roles(columns) {
    const row = column => {
      const role = this.roles.get(column.name);
      const select = make(
        "select",
        {
          "aria-label": `role of ${shown(column.name)}`,
          onchange: () => {
            this.roles.set(column.name, select.value);
            select.closest("tr").className = `role-${select.value}`;
            this.enable();
          },
        },
        ...ROLES.map(([value, text]) => make("option", { value, selected: value === role }, text)),
      );
      return [
        select,
        shown(column.name),
        KINDS[column.kind],
        valuesOf(column),
        column.missing ? count(column.missing) : "",
      ];
    };
    const drawn = table(["role", "column", "kind", "values", "missing"], columns.map(row));
    drawn.classList.add("roles");
    [...drawn.querySelectorAll("tbody tr")].forEach((line, i) => {
      line.className = `role-${this.roles.get(columns[i].name)}`;
    });
    return drawn;
  }

  #named(role) {
    return [...this.roles].filter(([, own]) => own === role).map(([name]) => name);
  }

  #choices(look) {
    const check = (label, key) =>
      make(
        "label",
        { class: "check" },
        make("input", {
          type: "checkbox",
          checked: this[key],
          onchange: event => {
            this[key] = event.target.checked;
          },
        }),
        label,
      );
    const fit = make(
      "button",
      {
        type: "button",
        class: "main",
        onclick: () =>
          this.onFit({
            targets: this.#named("target"),
            inputs: this.#named("input"),
            dropsMissing: this.dropsMissing,
            hasNoBias: this.hasNoBias,
          }),
      },
      "Fit",
    );
    this.enable = () => {
      fit.disabled = this.#named("target").length === 0 || this.#named("input").length === 0;
    };
    this.enable();
    return make(
      "div",
      { class: "choices" },
      look.columns.some(column => column.missing > 0)
        ? check("leave out rows that lack a value", "dropsMissing")
        : null,
      check("without b", "hasNoBias"),
      fit,
    );
  }

  #acceptDrops() {
    document.addEventListener("dragover", event => {
      event.preventDefault();
      document.body.classList.add("over");
    });
    document.addEventListener("dragleave", () => document.body.classList.remove("over"));
    document.addEventListener("drop", event => {
      event.preventDefault();
      document.body.classList.remove("over");
      if (event.dataTransfer?.files.length) {
        this.hand(event.dataTransfer.files[0]);
      }
    });
  }
}

function valuesOf(column) {
  return column.kind === "number" && column.levels.length === 0
    ? column.smallest === null
      ? ""
      : `${number(column.smallest)} … ${number(column.largest)}`
    : column.firstDate
      ? `${column.firstDate} … ${column.lastDate}`
      : column.levels
          .slice(0, 4)
          .map(level => shown(level.name).slice(0, 18))
          .join(", ") + (column.levels.length > 4 ? ", …" : "");
}
