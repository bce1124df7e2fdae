// Debian's Chromium, driven by playwright-core: what a page did that it shouldn't is collected while it runs.
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const EXECUTABLE = "/usr/bin/chromium";
const FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(
    " ",
  );

/** A page that was opened, and everything it should not have done so far. */
export interface OpenPage {
  readonly page: Page;
  readonly faults: readonly string[];
}

/** How a page is looked at. */
export interface Looking {
  readonly scheme?: "light" | "dark";
  readonly width?: number;
}

/** Starts the browser, or says how it is installed. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) {
    throw new Error(
      `There is no ${EXECUTABLE}. On Debian: apt-get update && apt-get install -y --no-install-recommends chromium`,
    );
  }
  return await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

/** Opens a file in a page of its own; errors, and requests for anything but the file, are faults. */
export async function openFile(
  browser: Browser,
  url: string,
  { scheme = "light", width = 1280 }: Looking = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (request.url() !== url) faults.push(`request for ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults };
}
