// Small parts that every view is made of. Text is always set as text, never as markup.

/** An element: its properties, then its children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") {
      element.className = value;
    } else if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name in element && !name.includes("-") && name !== "list") {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** What cannot be seen in a name is shown. */
export function shown(text) {
  return [...String(text)]
    .map(c =>
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(c) ? `\\u${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` : c,
    )
    .join("");
}

/** A number for people: a few digits, no more. */
export function number(value, digits = 5) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return "–";
  }
  const size = Math.abs(value);
  const text =
    Number.isInteger(value) && size < 1e9
      ? String(value)
      : size !== 0 && (size >= 1e7 || size < 1e-4)
        ? value.toExponential(Math.min(digits - 1, 3))
        : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "\u2212");
}

/** A count with a space between thousands. */
export function count(value) {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** The command that gives the same, and a button that copies it. */
export function command(text) {
  const button = make(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: async () => {
        await copy(text);
        button.textContent = "Copied";
        setTimeout(() => {
          button.textContent = "Copy as command";
        }, 1500);
      },
    },
    "Copy as command",
  );
  return make("div", { class: "command" }, make("code", { tabIndex: 0 }, text), button);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { value: text, class: "away" }); // where the clipboard is not to be had
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

const NUMBER = /^([–]|undetermined|\u2212?\d[\d.e+\u2212]*)$/;

/** A table: heads, then rows of cells; a column of numbers stands to the right. */
export function table(heads, rows, about = null) {
  const isNumber = heads.map((_, i) => rows.length > 0 && rows.every(row => NUMBER.test(String(row[i]))));
  const cell = (tag, content, i) =>
    make(tag, { class: isNumber[i] ? "number" : "", ...(tag === "th" ? { scope: "col" } : {}) }, content);
  return make(
    "div",
    {},
    make(
      "div",
      { class: "scroll", tabIndex: 0, role: "group", "aria-label": heads.join(", ") },
      make(
        "table",
        {},
        make("thead", {}, make("tr", {}, ...heads.map((head, i) => cell("th", head, i)))),
        make("tbody", {}, ...rows.map(row => make("tr", {}, ...row.map((content, i) => cell("td", content, i))))),
      ),
    ),
    about ? make("p", { class: "muted about" }, about) : null,
  );
}

/** A field with its label above it. */
export function field(label, input) {
  return make("label", { class: "field" }, make("span", {}, label), input);
}
