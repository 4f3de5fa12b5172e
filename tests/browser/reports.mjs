// Reports in a browser: their policy lets nothing load or run, nothing is cut off on a phone, and axe-core, the usual
// checker of accessibility, finds nothing to say, in light and dark.
// node reports.mjs PLUMB.dll ROOT [PICTURES]: ROOT is the project's folder; PICTURES gets a picture of each report.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [plumb, root, pictures] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "plumb-reports-"));
const [energy, verdicts] = [join(root, "samples", "energy.csv"), join(root, "tests/Plumb.Tests/data/verdicts")];
writeFileSync(join(folder, "point.csv"), "x1,x2,x3,y1,y2\n0.2,0.4,0.9,1,2\n");
writeFileSync(join(folder, "markup.csv"), '<b>x</b>,"a""b",y\n1,2,3\n2,1,4\n4,4,9\n3,7,5\n5,1,8\n6,2,7\n');
const reports = {
  energy: ["fit", energy, "--target", "heating_load,cooling_load"],
  point: ["fit", join(folder, "point.csv"), "--target", "y1,y2"],
  twins: ["fit", join(verdicts, "near_twins.csv"), "--target", "y"],
  anscombe1: ["fit", join(verdicts, "anscombe1.csv"), "--target", "y1"],
  anscombe2: ["fit", join(verdicts, "anscombe2.csv"), "--target", "y2"],
  anscombe3: ["fit", join(verdicts, "anscombe3.csv"), "--target", "y3"],
  anscombe4: ["fit", join(verdicts, "anscombe4.csv"), "--target", "y4"],
  markup: ["fit", join(folder, "markup.csv"), "--target", "y"],
  training: ["train", energy, "--target", "heating_load", "--input", "compactness,height", "--steps", "2000"],
  next: [
    "next",
    energy,
    "--target",
    "heating_load",
    "--input",
    "height,glazing_area",
    "--box",
    "height=3:7,glazing_area=0:1",
  ],
  look: ["look", energy],
  weighted: ["fit", energy, "--target", "heating_load", "--input", "compactness,height", "--weight", "roof_area"],
  demo: ["demo"],
};

const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

async function look(name, file, colorScheme, width) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 1000 }, offline: true });
  const page = await context.newPage();
  const errors = [];
  page.on("console", message => {
    if (message.type() === "error") {
      errors.push(message.text());
    }
  });
  page.on("pageerror", error => errors.push(String(error)));
  page.on("request", request => {
    if (!request.url().startsWith("file:")) {
      errors.push(request.url());
    }
  });
  await page.goto("file://" + file);
  assert.ok(
    (await page.evaluate(() => document.documentElement.scrollWidth)) <= width,
    `${name} is wider than ${width}`,
  );
  for (const summary of await page.locator("summary").all()) {
    await summary.click();
  } // for the numbers, too
  await page.evaluate(axe);
  const { violations } = await page.evaluate("axe.run()");
  const found = violations.map(violation => `${violation.id}: ${violation.nodes[0].html}`);
  assert.deepEqual(found, [], `${name}, ${colorScheme}, ${width}`);
  assert.deepEqual(errors, [], name);
  if (pictures) {
    await page.screenshot({ path: `${pictures}/report-${name}-${colorScheme}-${width}.png`, fullPage: true });
  }

  await context.close();
}

try {
  for (const [name, words] of Object.entries(reports)) {
    const file = join(folder, name + ".html");
    execFileSync("dotnet", [plumb, ...words, "--report", file], { stdio: ["ignore", "ignore", "inherit"] });
    assert.ok(readFileSync(file).length < 500_000, `${name} is too large`);
    await look(name, file, "light", 1400);
    await look(name, file, "dark", 400);
  }

  const count = Object.keys(reports).length;
  console.log(`${count} reports: nothing loaded or run, nothing cut off, no violation of accessibility`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
