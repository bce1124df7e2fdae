/** What was typed and picked: texts as they stand in the page, whether they make sense or not. */
export interface Inputs {
  /** The key of an example, or "own". */
  readonly example: string;
  readonly contractText: string;
  readonly usageText: string;
  readonly atText: string;
  /** "none", the name of an alternative, or "own". */
  readonly other: string;
  readonly otherText: string;
}

/** Where the controls stand that somebody has moved. */
export interface Controls {
  /** Quantities by the key of what they count; those that nobody moved are left out. */
  readonly moved: { readonly [key: string]: string };
  /** What was moved last: it is explained. */
  readonly explained: string | null;
  /** The features whose curve is drawn over all of its tiers, and not only around its quantity. */
  readonly wide: readonly string[];
  /** From when on a year is compared. */
  readonly compareFrom: "at" | "activation";
}

/** Nothing moved. */
export const AT_REST: Controls = { moved: {}, explained: null, wide: [], compareFrom: "at" };
