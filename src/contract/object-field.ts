import type { BaseIssue } from "valibot";
import { coded, type Field, field, type Run, refused, taken } from "./field.ts";
import { isObject } from "./read.ts";

type Problem = BaseIssue<unknown>;

const MESSAGE = coded("INVALID_TYPE", null, "an object");

/**
 * An object with these fields; others are kept as they are.
 *
 * It looks at the fields that are there instead of all that could be, and puts what they make of their values into
 * the object itself, which is the gate's own copy.
 */
export function object(entries: { readonly [name: string]: Field }): Field {
  const known = new Map(Object.entries(entries));
  const required = Object.keys(entries).filter((name) => entries[name]?.type !== "nullish");

  const run: Run = ({ value: input }, config) => {
    if (!isObject(input)) return refused(input, MESSAGE);
    const issues: Problem[] = [];
    for (const name in input) {
      const entry = known.get(name);
      if (entry !== undefined) normalise(input, name, entry, config, issues);
    }
    for (const name of required) {
      // A missing value is refused by its field, which knows what it should have been.
      if (!(name in input)) normalise(input, name, known.get(name) as Field, config, issues);
    }
    return issues.length === 0 ? taken(input) : ({ typed: false, value: input, issues } as ReturnType<Run>);
  };
  return field("loose_object", run, { entries });
}

function normalise(
  input: { [name: string]: unknown },
  name: string,
  entry: Field,
  config: Parameters<Run>[1],
  issues: Problem[],
): void {
  const value = input[name];
  const result = entry["~run"]({ value }, config);
  if (result.issues === undefined) {
    if (result.value !== value) input[name] = result.value;
    return;
  }
  const step = { type: "object", origin: "value", input, key: name, value } as const;
  for (const each of result.issues) issues.push({ ...each, path: [step, ...(each.path ?? [])] });
}
