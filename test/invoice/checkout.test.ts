import { expect, test } from "vitest";
import { type Contract, parseContract, previewCheckout, projectInvoices } from "../../src/index.ts";

function contractOf(
  summary: object,
  features: readonly object[],
  discounts: readonly object[] = [],
): Contract {
  return parseContract({
    contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-31T00:00:00Z", ...summary },
    plan: { slug: "team", features },
    discounts,
  });
}

const seats = { slug: "seats", price: { amount: "40", strategy_details: { pricing_strategy: "flat" } } };
const calls = {
  slug: "calls",
  price: { amount: "0.01", strategy_details: { pricing_strategy: "usage", flat_fee: "5" } },
};
const AT = "2026-01-31T00:00:00Z";

test("in a trial nothing is due now, and the first payment is due at its end", () => {
  const contract = contractOf({ free_trial_end: "2026-02-14T00:00:00Z" }, [seats, calls]);
  const preview = previewCheckout(contract, { at: AT });
  expect(preview.due_now).toMatchObject({ lines: [], total_including_tax: "0.00", tax_amount: null });
  expect(preview.next).toEqual({ at: "2026-02-14T00:00:00Z", total: "45.00" });
  expect(preview.trial_end).toBe("2026-02-14T00:00:00Z");
  expect(preview.first_full_price_at).toBe("2026-02-14T00:00:00Z");
});

test("what is due now is what the first invoice holds", () => {
  const contract = contractOf(
    {},
    [seats, calls],
    [{ discount_type: "percentage", amount: "10", duration: 1 }],
  );
  const tax_rates = { default: "19" };
  const { due_now } = previewCheckout(contract, { at: AT, tax_rates });
  const [invoice] = projectInvoices(contract, { from: AT, to: "2026-02-01T00:00:00Z", tax_rates });
  expect(invoice).toMatchObject(due_now);
  expect(due_now.total_including_tax).toBe("48.20"); // 36 + 4.50, and 19 % of each: 42.84 + 5.36
});

test("free cycles cost nothing: the next payment is after them", () => {
  const contract = contractOf({ free_cycles: 3 }, [seats]);
  const preview = previewCheckout(contract, { at: AT });
  expect(preview.due_now.total_including_tax).toBe("0.00");
  expect(preview.next).toEqual({ at: "2026-04-30T00:00:00Z", total: "40.00" });
  expect(preview.first_full_price_at).toBe("2026-04-30T00:00:00Z");
});

test("usage that is known moves the next payment to its closing", () => {
  const contract = contractOf({ free_cycles: 0 }, [{ ...calls, price: { ...calls.price } }]);
  const preview = previewCheckout(contract, {
    at: "2026-02-10T00:00:00Z",
    usage: { sums: { calls: "1234" } },
  });
  // 12.34 of usage and the next period's flat fee fall due together.
  expect(preview.next).toEqual({ at: "2026-02-28T00:00:00Z", total: "17.34" });
});

test("regular is a cycle at list prices, and after the discount that holds", () => {
  const discounts = [
    { discount_type: "flat", amount: "5" },
    { discount_type: "percentage", amount: "25", duration: 2 },
  ];
  const preview = previewCheckout(contractOf({}, [seats], discounts), { at: AT });
  expect(preview.regular).toEqual({ list: "40.00", discounted: "25.00" });
  expect(preview.discount_ends).toBe("2026-03-31T00:00:00Z");
  expect(preview.first_full_price_at).toBeNull();
});

test("under end_of_period nothing is due now", () => {
  const contract = contractOf({ configuration: { due_date_policy: "end_of_period" } }, [seats]);
  const preview = previewCheckout(contract, { at: AT });
  expect(preview.due_now.lines).toEqual([]);
  expect(preview.next).toEqual({ at: "2026-02-28T00:00:00Z", total: "40.00" });
});

test("a contract that starts later is paid then, a pending one never, an ended one no more", () => {
  expect(previewCheckout(contractOf({}, [seats]), { at: "2026-01-01T00:00:00Z" }).next).toEqual({
    at: AT,
    total: "40.00",
  });
  expect(previewCheckout(contractOf({ activation: null }, [seats]), { at: AT }).next).toBeNull();
  const ended = contractOf({ expiration: "2026-02-28T00:00:00Z" }, [seats]);
  expect(previewCheckout(ended, { at: "2026-03-01T00:00:00Z" }).next).toBeNull();
});

test("a plan that is bought once has no next payment", () => {
  const preview = previewCheckout(contractOf({ cycle: "once" }, [seats]), { at: AT });
  expect([preview.due_now.total_including_tax, preview.next]).toEqual(["40.00", null]);
  expect(preview.regular.list).toBe("40.00");
});

test("where only usage costs something and none is given there is no next payment, found period by period", () => {
  const daily = {
    slug: "calls",
    charge_trigger: "day",
    price: { amount: "1", strategy_details: { pricing_strategy: "usage" } },
  };
  // Summing what is known anew in every period took minutes: this test would time out.
  expect(previewCheckout(contractOf({}, [daily]), { at: AT }).next).toBe(null);
  const late = (_: string, { start }: { readonly start: Date }): number =>
    start.getUTCFullYear() === 2028 ? 2 : 0;
  expect(previewCheckout(contractOf({}, [daily]), { at: AT, usage: late }).next).toEqual({
    at: "2028-01-02T00:00:00Z",
    total: "2.00",
  });
});
