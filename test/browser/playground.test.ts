import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import {
  addAmounts,
  amendContract,
  billingPeriodAt,
  breakEven,
  type ChargeLine,
  chargesOf,
  compareContracts,
  explainLine,
  isBillingError,
  type Price,
  parseContract,
  previewCheckout,
  projectInvoices,
  type Usage,
} from "pure-billing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildPage } from "../../examples/playground/build-page.ts";
import { EXAMPLES } from "../../examples/playground/examples.ts";
import { buildIfStale } from "../built-cli.ts";
import { type Looking, launchChromium, type OpenPage, openFile } from "./chromium.ts";
import { textContrasts } from "./contrast.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const at = "2026-02-26T12:00:00Z";
const document = JSON.parse(readFileSync(`${root}examples/team-monthly.json`, "utf8"));
const usage = JSON.parse(readFileSync(`${root}examples/team-monthly.usage.json`, "utf8"));
const contract = parseContract(document);
const period = billingPeriodAt(contract, at);
if (period === null) throw new Error("the example has no period");

const GOOD_CONTRAST = 4.5;
const FRAME_MS = 16;
const SLOWEST_MS = 8 * FRAME_MS;

let browser: Browser;
let url: string;
let opened: OpenPage[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  buildIfStale();
  url = pathToFileURL((await buildPage(root)).file).href;
});
afterAll(() => browser?.close());
afterEach(async () => {
  const faults = opened.flatMap((each) => each.faults);
  await Promise.all(opened.map(({ page }) => page.context().close()));
  opened = [];
  expect(faults).toEqual([]);
});

async function open(looking: Looking = {}): Promise<Page> {
  const each = await openFile(browser, url, looking);
  opened.push(each);
  return each.page;
}

async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${root}.playground/screenshots/${name}.png`, fullPage: true });
}

function text(page: Page, selector: string): Promise<string | null> {
  return page.locator(selector).textContent();
}

/** What the page shows of a preview, in the words of the page. */
async function shownPreview(page: Page): Promise<unknown> {
  return {
    due_now: await text(page, "#preview-due-now"),
    next: await text(page, "#preview-next"),
    list: await text(page, "#preview-regular"),
  };
}

function wantedPreview(of: typeof contract, used: Usage): unknown {
  const { due_now, next, regular } = previewCheckout(of, { at, usage: used });
  return {
    due_now: `${due_now.total_including_tax} EUR`,
    next: next === null ? "none" : `${next.total} EUR`,
    list: `${regular.list} EUR`,
  };
}

function totalOf(lines: readonly ChargeLine[]): string {
  return `${addAmounts(
    lines.map(({ total_including_tax }) => total_including_tax),
    "eur",
  )} EUR`;
}

function withSeats(units: string): typeof contract {
  return amendContract(contract, { feature_configuration: { seats: { units } } });
}

/** Sums that the usage of the example comes to, with some of them changed. */
function sums(changed: Readonly<Record<string, string>> = {}): Usage {
  return { sums: { "api-calls": "145250", storage: "181.25", ...changed }, on_demand: usage.on_demand };
}

describe("the page", () => {
  test("loads from a file and shows what the library says of the first example", async () => {
    const page = await open();
    expect(await shownPreview(page)).toEqual(wantedPreview(contract, usage));
    expect(await text(page, "#lines-total")).toBe(totalOf(chargesOf(contract, period, { at, usage })));
    expect(await page.locator("#at").inputValue()).toBe(at);
    expect(await page.locator("#timeline svg, #invoices svg, [data-curve] svg").count()).toBe(5);
    await screenshot(page, "light");
  });

  test.each(EXAMPLES.map((example) => ({ ...example })))("shows $name", async ({ key, ...example }) => {
    const page = await open();
    await page.selectOption("#example", key);
    const own = parseContract(example.document);
    const options = { at: example.at, usage: example.usage as Usage };
    const { due_now, regular } = previewCheckout(own, options);
    const currency = due_now.currency.toUpperCase();
    expect(await text(page, "#preview-due-now")).toBe(`${due_now.total_including_tax} ${currency}`);
    expect(await text(page, "#preview-regular")).toBe(`${regular.list} ${currency}`);
    for (const { name } of example.alternatives) {
      await page.selectOption("#other", name);
      expect(await page.locator("#comparison-chart svg").count(), name).toBe(1);
    }
    await screenshot(page, key);
  });

  test("names every control, and every chart", async () => {
    const page = await open();
    await page.selectOption("#other", "Pro");
    const unnamed = await page.evaluate(() =>
      [...globalThis.document.querySelectorAll("input, select, textarea, button, svg[class^=plot]")]
        .filter((each) => {
          const labels = "labels" in each ? [...((each.labels as NodeListOf<HTMLElement> | null) ?? [])] : [];
          const names = [
            each.getAttribute("aria-label"),
            each.textContent,
            ...labels.map((label) => label.textContent),
          ];
          return !names.some((name) => name?.trim());
        })
        .map((each) => each.outerHTML.slice(0, 80)),
    );
    expect(unnamed).toEqual([]);
  });

  test("walks from period to period", async () => {
    const page = await open();
    await page.click("#later");
    expect(await page.locator("#at").inputValue()).toBe("2026-02-28T09:30:00Z");
    expect(await text(page, "#at-local")).toBe("28 Feb 2026, 10:30 in Europe/Berlin, in period 2, paid");
    await page.click("#earlier");
    await page.click("#earlier");
    expect(await text(page, "#at-local")).toBe("17 Jan 2026, 10:30 in Europe/Berlin, in the trial");
    expect(await text(page, "#lines")).toBe("The trial costs nothing.");
  });

  test("lists the invoices to come as the sliders stand", async () => {
    const page = await open();
    await page.fill("#units-seats", "20");
    await page.click("#timeline-table-details summary");
    const totals = page.locator('#timeline-table [aria-label="Invoices"] tbody td:last-child');
    const every_period = { "api-calls": "145250", storage: "181.25" };
    const range = { from: "2026-01-17T00:00:00Z", to: "2026-12-01T00:00:00Z" };
    const wanted = [
      ...projectInvoices(withSeats("20"), { ...range, usage: { every_period, on_demand: usage.on_demand } }),
    ].map(({ total_including_tax }) => `${total_including_tax} EUR`);
    await expect.poll(async () => (await totals.allTextContents()).slice(0, wanted.length)).toEqual(wanted);
  });
});

describe("sliders", () => {
  test("seats: keys change the preview to the library's numbers", async () => {
    const page = await open();
    await page.focus('[data-slider="seats"]');
    for (let pressed = 0; pressed < 3; pressed++) await page.keyboard.press("ArrowRight");
    await expect.poll(() => shownPreview(page)).toEqual(wantedPreview(withSeats("10"), usage));
    expect(await page.locator("#units-seats").inputValue()).toBe("10");
    expect(await shownPreview(page)).not.toEqual(wantedPreview(contract, usage));
    await page.keyboard.press("End");
    await expect.poll(() => shownPreview(page)).toEqual(wantedPreview(withSeats("50"), usage));
    await page.click("#reset");
    await expect.poll(() => shownPreview(page)).toEqual(wantedPreview(contract, usage));
  });

  test("seats: the number beside the slider does the same, and what can't be bought is refused", async () => {
    const page = await open();
    await page.fill("#units-seats", "21");
    await expect.poll(() => shownPreview(page)).toEqual(wantedPreview(withSeats("21"), usage));
    expect(await page.locator('[data-slider="seats"]').inputValue()).toBe("21");

    await page.fill("#units-seats", "51");
    await expect.poll(() => page.locator("#unanswered .issues li").count()).toBe(1);
    expect(await text(page, "#unanswered")).toContain("OUT_OF_RANGE");
    expect(await text(page, "#unanswered")).toContain("3 to 50");
    expect(await page.locator("#preview").isVisible()).toBe(false);
    expect(await page.locator("#lines").isVisible()).toBe(false);
  });

  test("usage: the line, the totals and the explanation follow", async () => {
    const page = await open();
    const slider = page.locator('[data-slider="api-calls"]');
    await slider.focus();
    await page.keyboard.press("PageUp");
    const units = await slider.inputValue();
    expect(Number(units)).toBeGreaterThan(145_250);

    const used = sums({ "api-calls": units });
    const lines = chargesOf(contract, period, { at, usage: used });
    const line = lines.find(({ feature_slug }) => feature_slug === "api-calls");
    if (line === undefined) throw new Error("there is no line");
    await expect
      .poll(() => text(page, '#lines [data-key="api-calls"] .total'))
      .toBe(line.total_including_tax);
    expect(await text(page, '#lines [data-key="api-calls"] .units')).toBe(units);
    expect(await text(page, "#lines-total")).toBe(totalOf(lines));
    expect(await shownPreview(page)).toEqual(wantedPreview(contract, used));

    const values = await page.locator("#explanation tbody td.amount").allTextContents();
    expect(values).toEqual(
      explainLine(line).steps.map(({ value }) => (value === "0" ? "" : String(value).replace("-", "−"))),
    );
    expect(await text(page, "#explanation tfoot td")).toBe(`${line.total_including_tax} EUR`);
    expect(await text(page, '[data-current="api-calls"]')).toBe(`${units} calls cost ${line.subtotal} EUR`);
  });

  test("usage: fractions stay what was typed", async () => {
    const page = await open();
    await page.fill("#units-storage", "200.0001");
    const lines = chargesOf(contract, period, { at, usage: sums({ storage: "200.0001" }) });
    await expect.poll(() => text(page, "#lines-total")).toBe(totalOf(lines));
    await page.fill("#units-storage", "twelve");
    await expect.poll(() => text(page, "#unanswered")).toContain("INVALID_DECIMAL");
  });

  test("moving one never takes longer than a few frames", async () => {
    const page = await open();
    await page.selectOption("#other", "Pro");
    const durations = await page.evaluate(async () => {
      const slider = globalThis.document.querySelector<HTMLInputElement>('[data-slider="api-calls"]');
      if (slider === null) throw new Error("there is no slider");
      performance.clearMeasures();
      for (let move = 0; move < 60; move++) {
        slider.value = String(100_000 + move * 3000);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 10)));
      }
      return performance.getEntriesByName("update").map(({ duration }) => duration);
    });
    const sorted = durations.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
    console.log(`update after a slider's move: median ${median.toFixed(1)} ms of ${sorted.length}`);
    expect(sorted.length).toBeGreaterThan(20);
    expect(median).toBeLessThan(SLOWEST_MS);
  });
});

describe("bad input", () => {
  test("text that is no JSON says so, and nothing old is shown", async () => {
    const page = await open();
    await page.click("#contract-details summary");
    await page.fill("#contract-text", '{ "contract_summary": ');
    await expect.poll(() => text(page, "#problems")).toContain("This is no JSON");
    expect(await page.locator("#results").isVisible()).toBe(false);
    expect(await page.locator("#contract-text").getAttribute("aria-invalid")).toBe("true");

    await page.selectOption("#example", "team-monthly");
    expect(await shownPreview(page)).toEqual(wantedPreview(contract, usage));
    expect(await text(page, "#problems")).toBe("");
  });

  test("every issue of a contract is listed, with what was found and what is allowed", async () => {
    const bad = {
      ...document,
      contract_summary: {
        ...document.contract_summary,
        activation: "2026-02-30T00:00:00Z",
        cycle: "fortnight",
      },
    };
    const issues = issuesOf(() => parseContract(bad));
    expect(issues.length).toBe(2);
    const page = await open();
    await page.click("#contract-details summary");
    await page.fill("#contract-text", JSON.stringify(bad, null, 2));
    await expect.poll(() => page.locator("#problems .issues li").count()).toBe(2);
    const shown = (await text(page, "#problems")) ?? "";
    for (const { code, path, found, allowed } of issues) {
      for (const part of [code, path.join("."), found, allowed]) expect(shown).toContain(part);
    }
    await screenshot(page, "problems");
  });

  test("usage and the instant are checked too", async () => {
    const page = await open();
    await page.click("#usage-details summary");
    await page.fill("#usage-text", '{ "sums": { "api-cals": "7" } }');
    await expect.poll(() => text(page, '[data-input="usage"]')).toContain("UNKNOWN_SLUG");
    await page.fill("#usage-text", '{ "sums": { "api-calls": "7" } }');
    const seven = wantedPreview(contract, { sums: { "api-calls": "7" } });
    await expect.poll(() => shownPreview(page)).toEqual(seven);
    await page.fill("#at", "2026-02-26");
    await expect.poll(() => text(page, '[data-input="at"]')).toContain("INVALID_INSTANT");
  });

  test("a contract that doesn't run at the example's instant is shown from its activation on", async () => {
    const later = {
      contract_summary: {
        cycle: "month",
        currency: "usd",
        activation: "2031-05-17T00:00:00Z",
        timezone: "UTC",
      },
      plan: {
        features: [{ slug: "seats", price: { amount: "9", strategy_details: { pricing_strategy: "flat" } } }],
      },
    };
    const page = await open();
    await page.click("#contract-details summary");
    await page.fill("#contract-text", JSON.stringify(later));
    await expect.poll(() => page.locator("#at").inputValue()).toBe("2031-05-17T00:00:00Z");
    expect(await text(page, "#preview-due-now")).toBe("9.00 USD");
    expect(await text(page, "#warnings")).toContain("time_zone");
  });
});

describe("two contracts", () => {
  test("a year of both is what the library compares, and follows the sliders", async () => {
    const page = await open();
    await page.selectOption("#other", "Pro");
    const other = parseContract(alternative("Pro"));
    const shown = async (): Promise<unknown> => [
      await text(page, "#compare-a"),
      await text(page, "#compare-b"),
    ];
    const wanted = (units: string, calls: string): unknown => {
      const change = { feature_configuration: { seats: { units } } };
      const { contracts } = compareContracts(
        { A: amendContract(contract, change), B: amendContract(other, change) },
        {
          from: at,
          to: "2027-02-26T12:00:00Z",
          usage: { every_period: { "api-calls": calls, storage: "181.25" } },
        },
      );
      return [contracts["A"], contracts["B"]].map((cost) => `${cost?.total_including_tax} EUR`);
    };
    expect(await shown()).toEqual(wanted("7", "145250"));
    await page.fill("#units-seats", "12");
    await page.fill("#units-api-calls", "40000");
    await expect.poll(shown).toEqual(wanted("12", "40000"));
    expect(await page.locator(".contender.cheapest").count()).toBe(1);
    await screenshot(page, "compared");
  });

  test("break-even points are marked where the library finds them", async () => {
    const page = await open();
    await page.selectOption("#other", "One price per call");
    const other = parseContract(alternative("One price per call"));
    const { intervals } = breakEven(priceOf(contract, "api-calls"), priceOf(other, "api-calls"), {
      range: { from: "0", to: "300000" },
    });
    const points = intervals.flatMap(({ from }) =>
      from.exact === "0" || from.exact === null ? [] : [from.exact],
    );
    expect(new Set(points)).toEqual(new Set(["40000", "270000"]));
    const labels = await page.locator('[data-curve="api-calls"] svg text').allTextContents();
    for (const point of points) expect(labels).toContain(point);
  });

  test("what is wrong with the second leaves the first alone", async () => {
    const page = await open();
    await page.selectOption("#other", "own");
    await page.fill("#other-text", "{}");
    await expect.poll(() => text(page, '[data-input="other"]')).toContain("MISSING");
    expect(await shownPreview(page)).toEqual(wantedPreview(contract, usage));
    expect(await page.locator("#comparison-section").isVisible()).toBe(false);
  });
});

describe("looks", () => {
  test("dark and light differ, and every text stands out in both", async () => {
    const backgrounds: unknown[] = [];
    for (const scheme of ["light", "dark"] as const) {
      const page = await open({ scheme });
      await page.selectOption("#other", "Pro");
      await screenshot(page, `${scheme}-compared`);
      const contrasts = await page.evaluate(textContrasts);
      expect(contrasts.length).toBeGreaterThan(60);
      expect(contrasts.filter(({ ratio }) => ratio < GOOD_CONTRAST)).toEqual([]);
      backgrounds.push(
        await page.evaluate(() => {
          const { backgroundColor, color } = getComputedStyle(globalThis.document.body);
          return { backgroundColor, color };
        }),
      );
    }
    expect(backgrounds[0]).toEqual({ backgroundColor: "rgb(244, 245, 247)", color: "rgb(27, 34, 48)" });
    expect(backgrounds[1]).toEqual({ backgroundColor: "rgb(18, 21, 27)", color: "rgb(230, 233, 240)" });
  });

  test.each([400, 768, 1920])("nothing sticks out at %d pixels", async (width) => {
    const page = await open({ width });
    await page.selectOption("#other", "Pro");
    const [scrolled, seen] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = globalThis.document.documentElement;
      return [scrollWidth, clientWidth];
    });
    expect(scrolled).toBe(seen);
    await screenshot(page, `width-${width}`);
  });
});

function alternative(name: string): unknown {
  const found = EXAMPLES[0]?.alternatives.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no alternative ${name}`);
  return found.document;
}

function priceOf({ plan }: typeof contract, slug: string): Price {
  const price = plan.features?.find((feature) => feature.slug === slug)?.price;
  if (price == null) throw new Error(`${slug} has no price`);
  return price;
}

function issuesOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (isBillingError(error)) return error.issues;
    throw error;
  }
  return [];
}
