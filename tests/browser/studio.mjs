// The studio in a browser: loads the page, fits, takes a row out, trains, offline and without an error in its console.
// node studio.mjs PLUMB.dll FOLDER [PICTURES]: FOLDER holds energy.csv; PICTURES gets a picture of each view.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { launch, open, requireReadable } from "./browser.mjs";

const [plumb, folder, pictures] = process.argv.slice(2);
const server = spawn("dotnet", [plumb, "studio", "energy.csv"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((resolve, reject) => {
  let text = "";
  server.stdout.on("data", data => {
    text += data;
    const found = /http:\/\/\S+/.exec(text);
    if (found && text.includes("\n")) {
      resolve(found[0]);
    }
  });
  server.on("exit", code => reject(new Error(`the studio ended with ${code}`)));
});

const browser = await launch();

/** The live curve holds a million steps: few points are drawn, and the page answers meanwhile. */
async function trainLong(page) {
  await page.getByLabel("Steps", { exact: true }).fill("1000000");
  await page.getByLabel("Steps", { exact: true }).press("Enter");
  await page.evaluate(() => {
    let last = performance.now();
    window.longestPause = 0;
    const watch = now => {
      window.longestPause = Math.max(window.longestPause, now - last);
      last = now;
      window.watching = requestAnimationFrame(watch);
    };
    window.watching = requestAnimationFrame(watch);
  });
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.locator("#view-training h2", { hasText: /After 1.000.000 steps/ }).waitFor();
  const { points, pause } = await page.evaluate(() => {
    cancelAnimationFrame(window.watching);
    const curve = document.querySelector("#view-training polyline.trained");
    return { points: curve.getAttribute("points").split(" ").length, pause: window.longestPause };
  });
  assert.ok(points > 100 && points < 1000, `a million steps are drawn as ${points} points`);
  assert.ok(pause < 1000, `the page did not answer for ${pause} ms`);
  await page.getByLabel("Steps", { exact: true }).fill("1000");
  await page.getByLabel("Steps", { exact: true }).press("Enter");
}

async function run(colorScheme, width) {
  const host = new URL(address).host;
  const { context, page, errors } = await open(browser, { colorScheme, width, allows: url => url.host === host });

  const look = async name => {
    await requireReadable(page, `${name}, ${colorScheme}`, width);
    if (pictures) {
      await page.screenshot({ path: `${pictures}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
  };

  await page.goto(address);
  await page.getByRole("heading", { name: "energy.csv" }).waitFor();
  assert.equal(new URL(page.url()).hash, "", "the token is gone from the address");
  await look("data");

  await page.getByLabel("role of cooling_load").selectOption("out");
  await page.getByLabel("role of heating_load").selectOption("target");
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await page.locator("#view-report .verdict").waitFor();
  await page.locator("#view-report code", { hasText: "plumb fit energy.csv --target heating_load" }).waitFor();
  await look("report");

  await page.getByRole("tab", { name: "Rows" }).click();
  assert.equal(await page.locator("#view-rows circle").count(), 768);
  await page.locator("#view-rows circle").nth(11).click({ force: true });
  await page.locator("#without h2", { hasText: "Without row" }).waitFor();
  await page.getByLabel("Row", { exact: true }).fill("600");
  await page.getByRole("button", { name: "Take it out" }).click();
  await page.locator("#without h2", { hasText: "Without row 600" }).waitFor();
  await page.locator("#without code", { hasText: "sed 601d energy.csv" }).waitFor();
  await look("rows");
  await page.getByRole("button", { name: "Leverage" }).click();
  await page.getByRole("button", { name: "Measured" }).click();
  await look("measured");

  await page.getByRole("tab", { name: "Training" }).click();
  await page.locator("#view-training polyline.predicted").waitFor();
  await look("plan");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.locator("#view-training h2", { hasText: "After 1" }).waitFor();
  await page.getByLabel("standardize the inputs first").check();
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.locator("#view-training h2", { hasText: "After 1" }).waitFor();
  await page.locator("#view-training code", { hasText: "--standardize" }).waitFor();
  await look("training");
  await trainLong(page);
  await page.getByRole("button", { name: "just unstable" }).click();
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.locator("#view-training h2", { hasText: "Diverged" }).waitFor();
  await look("diverged");

  await page.reload();
  await page.getByRole("heading", { name: "energy.csv" }).waitFor();
  await page.locator("summary", { hasText: "Other data" }).click();
  await page.locator("#pick").setInputFiles({
    name: "<img src=x onerror=alert(1)>.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("<img src=x onerror=alert(1)>,y\n1,2\n2,3\n3,5\n4,4\n5,7\n6,8\n7,6\n8,9\n"),
  });
  await page.getByRole("cell", { name: "<img src=x onerror=alert(1)>", exact: true }).first().waitFor();
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await page.locator("#view-report .verdict").waitFor();
  assert.equal(await page.locator("main img").count(), 0, "a name is text");
  assert.deepEqual(errors, [], "errors in the console, and requests to elsewhere");
  await context.close();
}

try {
  for (const scheme of ["light", "dark"]) {
    for (const width of [1400, 400]) {
      await run(scheme, width);
    }
  }
  const stranger = await browser.newPage();
  await stranger.goto(address.split("#")[0]);
  await stranger.locator("#message", { hasText: "the token is missing" }).waitFor();
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill("SIGTERM");
}
const [code] = await once(server, "exit");
assert.equal(code, 130, "it ends when it is told to");
await assert.rejects(fetch(address.split("#")[0]), "and its server with it");
console.log("the studio works in a browser: fit, row, training, a hostile file; no error, no request to elsewhere.");
