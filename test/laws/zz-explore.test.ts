import fc from "fast-check";
import { BillingError, billingPeriod, chargesOf } from "pure-billing";
import { test } from "vitest";
import { naiveLines } from "../oracle/naive-lines.ts";
import { NeedsEvents } from "../oracle/naive-price.ts";
import { AmbiguousSums } from "../oracle/naive-usage.ts";
import { arbitraryContract } from "./arbitrary-contract.ts";
import { arbitraryQuestion, firstSpans, questionOf } from "./arbitrary-usage.ts";
import { lineOf } from "./lines-words.ts";
const N = Number(process.env.N ?? 2000);
test("explore", () => {
  const cats = new Map<string, [number, string]>();
  let lines = 0, cases = 0, t = 0;
  const all = fc.sample(fc.tuple(arbitraryContract, arbitraryQuestion), { numRuns: N, ...(process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {}) });
  for (const [{ document, contract, digits }, raw] of all) {
    const spans = firstSpans(document, 4);
    const q: any = questionOf(document, raw, spans);
    for (const span of spans) {
      cases++;
      let exp: any, got: any;
      try { exp = naiveLines(document, span, q, digits).map((l) => ({ ...lineOf(l, digits), exact: l.exact })); } catch (e) { if (e instanceof AmbiguousSums) exp = "AMBI"; else if (!(e instanceof NeedsEvents)) throw e; else exp = "NEEDS"; }
      const t0 = performance.now();
      try { const p = billingPeriod(contract, span.index); got = p ? chargesOf(contract, p, q) : "NO PERIOD"; } catch (e) { got = e instanceof BillingError ? "ERR " + e.issues.map((i) => i.code).join() : "CRASH " + e; }
      t += performance.now() - t0;
      const note = (cat: string, detail: () => string) => { const c = cats.get(cat); if (c) { c[0]++; const d = detail() + "\n   IDX " + span.index + " DOC " + JSON.stringify(document) + "\n   Q " + JSON.stringify(q); if (d.length < c[1].length) c[1] = d; } else cats.set(cat, [1, detail() + "\n   IDX " + span.index + " DOC " + JSON.stringify(document) + "\n   Q " + JSON.stringify(q)]); };
      if (typeof exp === "string" || typeof got === "string") { if (!(exp === "NEEDS" && /^ERR (NEEDS_EVENTS|CONFLICT|,)+$/.test(got)) && !(exp === "AMBI" && /CONFLICT/.test(got))) note(`${typeof exp === "string" ? exp : "lines"} vs ${typeof got === "string" ? got : "lines"}`, () => ""); continue; }
      if (exp.length !== got.length) { note("count", () => `${exp.length} vs ${got.length}\n exp ${JSON.stringify(exp, (k, v) => typeof v === "bigint" ? String(v) : v)}\n got ${JSON.stringify(got)}`); continue; }
      for (let i = 0; i < exp.length; i++) {
        lines++;
        const { exact: ge, exact_ratio: r, unit_price, ...g } = got[i]; const { exact: ee, ...e } = exp[i];
        for (const k of new Set([...Object.keys(g), ...Object.keys(e)])) {
          if (JSON.stringify(g[k]) !== JSON.stringify(e[k])) note(`field ${k} (${e.kind})`, () => `line ${i} exp ${JSON.stringify(e)}\n got ${JSON.stringify(got[i])}`);
        }
        if (BigInt(r.numerator) * ee.d !== BigInt(r.denominator) * ee.n) note(`exact (${e.kind})`, () => `line ${i} exp ${ee.n}/${ee.d} ${JSON.stringify(e)}\n got ${JSON.stringify(got[i])}`);
      }
    }
  }
  console.log(`cases ${cases} lines ${lines} src ms ${t}`);
  for (const [k, [n, d]] of cats) console.log("###", k, n, "\n", d.slice(0, 3000));
}, 600000);
