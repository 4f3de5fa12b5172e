// What the tests of pages share: a Chromium that asks nobody anything, and what must hold of every page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** Starts Chromium. */
export function launch() {
  return chromium.launch({
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
}

/** A page whose errors are collected: what its console and its scripts say, and requests that are not allowed. */
export async function open(browser, { colorScheme, width, allows, offline = false }) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 1000 }, offline });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const errors = [];
  page.on("console", message => {
    if (message.type() === "error") {
      errors.push(message.text());
    }
  });
  page.on("pageerror", error => errors.push(String(error)));
  await context.route("**/*", route => {
    if (allows(new URL(route.request().url()))) {
      return route.continue();
    }
    errors.push("a request to " + route.request().url());
    return route.abort();
  });
  return { context, page, errors };
}

/** Nothing is wider than the page, and axe-core, the usual checker of accessibility, finds nothing to say. */
export async function requireReadable(page, name, width) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= width, `${name} is ${wide} wide, more than ${width}`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate("axe.run()");
  const found = violations.map(violation => `${violation.id}: ${violation.nodes[0].html}`);
  assert.deepEqual(found, [], `${name}, ${width}: violations of accessibility`);
}
