// The page: four views of one file.

import { ColumnsView } from "/columns.js";
import { ask } from "/server.js";
import { command, make, shown } from "/parts.js";
import { RowsView } from "/rows.js";
import { TrainingView } from "/training.js";

const VIEWS = { data: "Data", report: "Report", rows: "Rows", training: "Training" };
const find = id => document.getElementById(id);
const message = find("message");

// The server escapes every name in a report; the policy of the page runs no script in it either way.
const policy = globalThis.trustedTypes?.createPolicy("plumb", { createHTML: text => text }) ?? {
  createHTML: text => text,
};

function tell(text) {
  message.textContent = text;
  message.hidden = !text;
}

/** Works on something, and says so; what goes wrong is told. */
async function busy(what, work) {
  tell("");
  document.body.classList.add("busy");
  find("file-name").setAttribute("data-busy", `${shown(what)} …`);
  try {
    await work();
  } catch (error) {
    tell(error.message);
    scrollTo({ top: 0, behavior: "smooth" });
  } finally {
    document.body.classList.remove("busy");
  }
}

function show(view) {
  for (const [name] of Object.entries(VIEWS)) {
    find(`view-${name}`).hidden = name !== view;
    find(`tab-${name}`).setAttribute("aria-selected", String(name === view));
  }
}

find("views").append(
  ...Object.entries(VIEWS).map(([name, text]) =>
    make(
      "button",
      {
        type: "button",
        id: `tab-${name}`,
        role: "tab",
        "aria-controls": `view-${name}`,
        disabled: name !== "data",
        onclick: () => show(name),
      },
      text,
    ),
  ),
);

const rows = new RowsView(find("view-rows"), { busy });
const training = new TrainingView(find("view-training"), { tell });
const columns = new ColumnsView(find("view-data"), {
  busy,
  onOpened: file => {
    find("file-name").textContent = shown(file);
    document.title = `${shown(file)} – Plumb studio`;
    allow(false);
    show("data");
  },
  onFit: question =>
    busy("fitting", async () => {
      const fit = await ask("/api/fit", question);
      drawReport(fit);
      rows.show(fit);
      training.show(fit);
      allow(true);
      show("report");
      scrollTo({ top: 0 });
    }),
});

function allow(isFitted) {
  for (const name of ["report", "rows", "training"]) {
    find(`tab-${name}`).disabled = !isFitted;
  }
}

function drawReport(fit) {
  const parsed = new DOMParser().parseFromString(policy.createHTML(fit.report), "text/html").querySelector("main");
  parsed.querySelector("footer")?.remove();
  find("view-report").replaceChildren(...parsed.childNodes, command(fit.command));
}

show("data");
busy("starting", () => columns.start());
