import type { BillingIssue, IssuePath } from "../error.ts";

/** Sorts issues by where they are in the document; what is missing comes last in its object. */
export function inDocumentOrder(issues: readonly BillingIssue[], document: unknown): BillingIssue[] {
  const positionsOf = new Map<object, ReadonlyMap<string, number>>();

  function position(parent: unknown, step: string | number): number {
    if (typeof step === "number") return step;
    if (typeof parent !== "object" || parent === null) return Number.MAX_SAFE_INTEGER;
    let positions = positionsOf.get(parent);
    if (positions === undefined) {
      positions = new Map(Object.keys(parent).map((key, index) => [key, index]));
      positionsOf.set(parent, positions);
    }
    return positions.get(step) ?? Number.MAX_SAFE_INTEGER;
  }

  function compare(first: IssuePath, second: IssuePath): number {
    let parent: unknown = document;
    for (let depth = 0; ; depth++) {
      const [a, b] = [first[depth], second[depth]];
      if (a === undefined || b === undefined) return first.length - second.length;
      if (a !== b) return position(parent, a) - position(parent, b);
      parent = (parent as { readonly [step: string | number]: unknown } | undefined)?.[a];
    }
  }

  return [...issues].sort((first, second) => compare(first.path, second.path));
}
