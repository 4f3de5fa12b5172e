// Reports in a browser: their policy lets nothing load or run, nothing is cut off on a phone, the words of pictures can
// be read, and axe-core, the usual checker of accessibility, finds nothing to say, in light and dark.
// node reports.mjs PLUMB.dll ROOT [PICTURES]: ROOT is the project's folder; PICTURES gets a picture of each report.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, open, requireReadable } from "./browser.mjs";

const SMALLEST_TEXT = 9; // in pixels, of pictures on a phone

const [plumb, root, pictures] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "plumb-reports-"));
const place = name => join(folder, name);
const [energy, verdicts] = [join(root, "samples", "energy.csv"), join(root, "tests/Plumb.Tests/data/verdicts")];
const run = words => execFileSync("dotnet", [plumb, ...words], { stdio: ["ignore", "ignore", "inherit"] });

writeFileSync(place("markup.csv"), '<b>x</b>,"a""b",y\n1,2,3\n2,1,4\n4,4,9\n3,7,5\n5,1,8\n6,2,7\n');
const drawn = ["--inputs", "3", "--outputs", "1", "--noise", "0.3"];
run(["simulate", ...drawn, "--rows", "40", "-o", place("few.csv"), "--truth", place("truth.json")]);
run(["simulate", ...drawn, "--rows", "6000", "-o", place("many.csv")]); // drawn as hexagons
run(["train", place("few.csv"), "--target", "y1", "--steps", "300", "-o", place("model.json")]);

const few = ["--target", "heating_load", "--input", "compactness,height"];
const reports = {
  energy: ["fit", energy, "--target", "heating_load,cooling_load"],
  point: ["fit", join(root, "samples", "question.csv"), "--target", "y1,y2,y3"],
  twins: ["fit", join(verdicts, "near_twins.csv"), "--target", "y"],
  anscombe1: ["fit", join(verdicts, "anscombe1.csv"), "--target", "y1"],
  anscombe2: ["fit", join(verdicts, "anscombe2.csv"), "--target", "y2"],
  anscombe3: ["fit", join(verdicts, "anscombe3.csv"), "--target", "y3"],
  anscombe4: ["fit", join(verdicts, "anscombe4.csv"), "--target", "y4"],
  markup: ["fit", place("markup.csv"), "--target", "y"],
  many: ["fit", place("many.csv"), "--target", "y1"],
  weighted: ["fit", energy, ...few, "--weight", "roof_area"],
  test: ["test", energy, "compactness = 0, height = 0", ...few],
  training: ["train", energy, ...few, "--steps", "2000"],
  explain: ["explain", place("model.json"), place("few.csv"), "--truth", place("truth.json")],
  score: ["score", place("model.json"), place("few.csv")],
  next: ["next", energy, ...few, "--box", "compactness=0.6:1,height=3:7"],
  look: ["look", energy],
  demo: ["demo"],
};

/** Words of pictures that are too small, or cut off at the picture's edge. */
function badWords(smallest) {
  const bad = [];
  for (const picture of document.querySelectorAll("svg.figure")) {
    const frame = picture.getBoundingClientRect();
    const scale = frame.width / picture.viewBox.baseVal.width;
    for (const text of picture.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(text).fontSize) * scale;
      const isCut = box.left < frame.left - 1 || box.right > frame.right + 1;
      if (size < smallest || isCut) {
        const what = isCut ? "cut off" : `${size.toFixed(1)} px`;
        bad.push(`${picture.parentElement.id}: '${text.textContent}', ${what}`);
      }
    }
  }
  return bad;
}

async function look(browser, name, file, colorScheme, width) {
  const allows = url => url.protocol === "file:";
  const { context, page, errors } = await open(browser, { colorScheme, width, allows, offline: true });
  await page.goto("file://" + file);
  assert.deepEqual(await page.evaluate(badWords, SMALLEST_TEXT), [], `${name}, ${width}`);
  if (pictures) {
    await page.screenshot({ path: `${pictures}/report-${name}-${colorScheme}-${width}.png`, fullPage: true });
  }

  for (const summary of await page.locator("summary").all()) {
    await summary.click();
  } // for the numbers, too
  await requireReadable(page, `${name}, ${colorScheme}`, width);
  assert.deepEqual(errors, [], name);
  await context.close();
}

const browser = await launch();
try {
  for (const [name, words] of Object.entries(reports)) {
    const file = place(name + ".html");
    run([...words, "--report", file]);
    assert.ok(readFileSync(file).length < 500_000, `${name} is too large`);
    await look(browser, name, file, "light", 1400);
    await look(browser, name, file, "dark", 400);
  }

  const count = Object.keys(reports).length;
  console.log(`${count} reports: nothing loaded or run, nothing cut off, no violation of accessibility`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
