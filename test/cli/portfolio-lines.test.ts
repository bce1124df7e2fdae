import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pricedBlock } from "../../src/cli/portfolio/block.ts";
import { changeOf } from "../../src/cli/portfolio/changes.ts";
import { lineBlocks, lineCount, linesIn } from "../../src/cli/portfolio/lines.ts";
import { inOrder } from "../../src/cli/portfolio/order.ts";
import { paired, unpaired } from "../../src/cli/portfolio/pairs.ts";
import { linePricer } from "../../src/cli/portfolio/price.ts";
import { progressText } from "../../src/cli/portfolio/progress.ts";
import { portfolioSummary } from "../../src/cli/portfolio/summary.ts";
import { mergeTally, noTally } from "../../src/cli/portfolio/tally.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Pieces that all lie in the same memory, as those of a file do. */
async function* chunks(text: string, cuts: readonly number[] = []): AsyncGenerator<Uint8Array> {
  const bytes = encoder.encode(text);
  const shared = new Uint8Array(bytes.length);
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
  let start = 0;
  for (const end of ends.sort((first, second) => first - second)) {
    shared.set(bytes.subarray(start, end));
    yield shared.subarray(0, end - start);
    start = end;
  }
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const cuts = fc.array(fc.nat());
const texts = fc
  .array(fc.constantFrom("a", "é", "😀", "\n", "\n\n", "\r\n", " \t\n"), { maxLength: 30 })
  .map((parts) => parts.join(""));

describe("blocks of lines", () => {
  test("law: however bytes come, the blocks are all of them, and end with lines", async () => {
    await fc.assert(
      fc.asyncProperty(texts, cuts, async (text, where) => {
        const blocks = (await all(lineBlocks(chunks(text, where), "input"))).map((block) =>
          decoder.decode(block),
        );
        expect(blocks.join("")).toBe(text);
        expect(blocks.slice(0, -1).every((block) => block.endsWith("\n"))).toBe(true);
        expect(blocks.every((block) => block !== "")).toBe(true);
      }),
    );
  });

  test("are given as soon as there is a line, without waiting for more", async () => {
    const blocks = await all(lineBlocks(chunks("one\ntwo\nthr", [4, 6]), "input"));
    expect(blocks.map((block) => decoder.decode(block))).toEqual(["one\n", "two\n", "thr"]);
  });

  test("hold lines that are longer than what comes at once, up to a limit", async () => {
    const long = "x".repeat(3000);
    const where = Array.from({ length: 30 }, (_, index) => index * 100);
    const [block] = await all(lineBlocks(chunks(`${long}\n`, where), "input", undefined, 3000));
    expect(block?.length).toBe(3001);
    await expect(all(lineBlocks(chunks(`${long}x`, where), "input", undefined, 3000))).rejects.toThrow(
      "input: a line is longer than 3000 bytes; expected one JSON document a line",
    );
  });

  test("have lines without what is blank, counted with it", () => {
    const block = encoder.encode("\n a \r\n\t\r\nb");
    const lines = [...linesIn(block)];
    expect(lines.map(({ start, end }) => decoder.decode(block.subarray(start, end)))).toEqual([" a", "b"]);
    expect(lines.map(({ number }) => number)).toEqual([1, 3]);
    expect(lineCount(block)).toBe(4);
  });
});

describe("pairs of lines", () => {
  const source = (name: string, text: string, where: readonly number[] = []) => ({
    name,
    blocks: lineBlocks(chunks(text, where), name),
  });
  const lines = fc.array(fc.constantFrom("x", "yy", "", " ", "zzz"), { maxLength: 20 });
  const filled = (entries: readonly string[]): string[] => entries.filter((entry) => entry.trim() !== "");

  test("law: bring the first together with the first, whatever comes when", async () => {
    await fc.assert(
      fc.asyncProperty(lines, lines, cuts, cuts, async (first, second, where, elsewhere) => {
        const pairs: string[] = [];
        const numbers: number[] = [];
        const blocks = paired(
          source("a", first.join("\n"), where),
          source("b", second.join("\n"), elsewhere),
        );
        const run = (async () => {
          for await (const { firstLine, contracts, usage } of blocks) {
            const [own, other] = [contracts, usage ?? contracts].map((block) =>
              [...linesIn(block)].map(({ start, end }) => decoder.decode(block.subarray(start, end))),
            ) as [string[], string[]];
            expect(own.length).toBe(other.length);
            pairs.push(...own.map((entry, index) => `${entry} ${other[index]}`));
            numbers.push(...[...linesIn(contracts)].map(({ number }) => firstLine + number));
          }
        })();
        const [ours, theirs] = [filled(first), filled(second)];
        const places = first.flatMap((entry, index) => (entry.trim() === "" ? [] : [index + 1]));
        const count = Math.min(ours.length, theirs.length);
        if (ours.length === theirs.length) await run;
        else {
          await expect(run).rejects.toThrow(
            `a has ${ours.length} contracts, b has ${theirs.length} lines of usage; expected as many, in the same order`,
          );
        }
        expect(pairs).toEqual(ours.slice(0, count).map((entry, index) => `${entry} ${theirs[index]}`));
        expect(numbers).toEqual(places.slice(0, count));
      }),
    );
  });

  test("law: without usage lines have the numbers of the file too", async () => {
    await fc.assert(
      fc.asyncProperty(lines, cuts, async (entries, where) => {
        const blocks = await all(unpaired(source("a", entries.join("\n"), where)));
        const numbers = blocks.flatMap(({ firstLine, contracts }) =>
          [...linesIn(contracts)].map(({ number }) => firstLine + number),
        );
        expect(numbers).toEqual(entries.flatMap((entry, index) => (entry.trim() === "" ? [] : [index + 1])));
      }),
    );
  });
});

describe("work in order", () => {
  const numbers = (count: number): AsyncIterable<number> =>
    (async function* () {
      for (let number = 0; number < count; number++) yield number;
    })();
  const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const nothing = (): void => {};

  test("takes results as their items came, never more of them open than allowed", async () => {
    const taken: number[] = [];
    let open = 0;
    let most = 0;
    await inOrder(numbers(20), {
      most: 4,
      work: async (number) => {
        open++;
        most = Math.max(most, open);
        await later((number * 7) % 5);
        return number;
      },
      take: async (number) => {
        open--;
        taken.push(number);
      },
      stop: nothing,
    });
    expect(taken).toEqual(Array.from({ length: 20 }, (_, number) => number));
    expect(most).toBe(4);
  });

  test("takes a result while the next item is still waited for", async () => {
    let isTaken = (): void => {};
    const taken = new Promise<void>((resolve) => {
      isTaken = resolve;
    });
    const items = (async function* () {
      yield 1;
      await taken;
    })();
    const take = async (): Promise<void> => isTaken();
    await inOrder(items, { most: 3, work: async (number) => number, take, stop: nothing });
  });

  test("stops at what fails, also while an item is waited for", async () => {
    let end = (): void => {};
    const endless = (async function* () {
      yield 1;
      await new Promise<void>((resolve) => {
        end = resolve;
      });
    })();
    const run = inOrder(endless, {
      most: 3,
      work: () => Promise.reject(new Error("no")),
      take: async () => {},
      stop: () => end(),
    });
    await expect(run).rejects.toThrow("no");
    const full = inOrder(numbers(10), {
      most: 2,
      work: async (number) => number,
      take: () => Promise.reject(new Error("full")),
      stop: nothing,
    });
    await expect(full).rejects.toThrow("full");
  });

  test("takes what came before the items fail", async () => {
    const taken: number[] = [];
    const items = (async function* () {
      yield 1;
      yield 2;
      throw new Error("unreadable");
    })();
    const run = inOrder(items, {
      most: 3,
      work: async (number) => later(5).then(() => number),
      take: async (number) => {
        taken.push(number);
      },
      stop: nothing,
    });
    await expect(run).rejects.toThrow("unreadable");
    expect(taken).toEqual([1, 2]);
  });
});

describe("changes", () => {
  test.each([
    [100n, 100n, "same"],
    [0n, 0n, "same"],
    [0n, 1n, "new_from_zero"],
    [100n, 101n, "more_up_to_5"],
    [100n, 105n, "more_up_to_5"],
    [1000n, 1051n, "more_5_to_10"],
    [100n, 110n, "more_5_to_10"],
    [100n, 120n, "more_10_to_20"],
    [1000n, 1201n, "more_over_20"],
    [100n, 95n, "less_up_to_5"],
    [100n, 94n, "less_5_to_10"],
    [100n, 80n, "less_10_to_20"],
    [100n, 0n, "less_over_20"],
    [-100n, -96n, "more_up_to_5"],
    [10n ** 40n, 10n ** 40n + 1n, "more_up_to_5"],
  ] as const)("from %s to %s are %s", (before, after, change) => {
    expect(changeOf(before, after)).toBe(change);
  });
});

describe("progress", () => {
  test("says the rate, and where it is known the time left", () => {
    const state = { contracts: 120_000, bytes: 40, size: 100, ms: 15_000 };
    expect(progressText(state)).toBe("120000 contracts, 8000/s, 40 %, 23 s left");
    expect(progressText({ ...state, size: null })).toBe("120000 contracts, 8000/s");
    expect(progressText({ ...state, ms: 100_000 })).toBe("120000 contracts, 1200/s, 40 %, 2 min 30 s left");
    expect(progressText({ ...state, ms: 7_200_000 })).toBe("120000 contracts, 17/s, 40 %, 3 h 0 min left");
    expect(progressText({ contracts: 0, bytes: 0, size: 100, ms: 0 })).toBe("0 contracts, 0/s");
  });
});

test("law: the summary is the same however the lines are split", () => {
  const job = {
    asked: { at: "2026-02-26T12:00:00Z" },
    patch: { feature_configuration: { base: { price: "12" } } },
    taxRates: null,
  };
  const price = linePricer(job);
  const line = (id: number, currency: string, amount: string): string => {
    const details = { amount, strategy_details: { pricing_strategy: "flat" } };
    return JSON.stringify({
      contract_summary: { id: String(id), cycle: "month", currency, activation: "2026-01-01T00:00:00Z" },
      plan: { features: [{ slug: "base", price: details }] },
    });
  };
  const contracts = fc.array(
    fc.tuple(
      fc.constantFrom("eur", "usd", "jpy"),
      fc.constantFrom("0", "9", "11", "11.50", "12", "13", "-1"),
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(contracts, cuts, (all, where) => {
      const lines = all.map(([currency, amount], id) => `${line(id, currency, amount)}\n`);
      const summaryOf = (blocks: readonly string[]): unknown => {
        const tally = noTally();
        for (const block of blocks) {
          const bytes = encoder.encode(block);
          mergeTally(tally, pricedBlock({ firstLine: 1, contracts: bytes, usage: null }, price).tally);
        }
        return portfolioSummary(job, tally);
      };
      const ends = [...new Set([0, ...where.map((cut) => cut % (lines.length + 1)), lines.length])].sort(
        (first, second) => first - second,
      );
      const blocks = ends.slice(1).map((end, index) => lines.slice(ends[index], end).join(""));
      expect(summaryOf(blocks)).toEqual(summaryOf(lines));
      expect(summaryOf(blocks)).toEqual(summaryOf([lines.join("")]));
    }),
  );
});
