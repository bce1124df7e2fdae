import { type BaseIssue, type GenericSchema, looseObject } from "valibot";
import { coded, type Field, nothing } from "./field.ts";
import { isObject } from "./read.ts";

type Run = GenericSchema<unknown, unknown>["~run"];
type Problem = BaseIssue<unknown>;

/**
 * An object with these fields; others are kept as they are.
 *
 * To valibot it is a loose object, run in our way: it looks at the fields that are there instead of all that could
 * be, and puts what they make of their values into the object itself, which is the gate's own copy.
 */
export function object(fields: { readonly [name: string]: Field }): Field {
  const message = coded("INVALID_TYPE", null, "an object");
  const schema = looseObject(fields, message);
  const known = new Map(Object.entries(fields));
  const required = Object.keys(fields).filter((name) => fields[name]?.type !== "nullish");
  const refused = nothing(message);

  const run: Run = (dataset, config) => {
    const input = dataset.value;
    // An array is an object to valibot.
    if (!isObject(input)) return refused["~run"](dataset, config);
    const problems: Problem[] = [];
    for (const name in input) {
      const field = known.get(name);
      if (field !== undefined) normalise(input, name, field, config, problems);
    }
    for (const name of required) {
      // A missing value is refused by its field, which knows what it should have been.
      if (!(name in input)) normalise(input, name, known.get(name) as Field, config, problems);
    }
    return (
      problems.length === 0 ? { typed: true, value: input } : { typed: false, value: input, issues: problems }
    ) as ReturnType<Run>;
  };
  return { ...schema, message, "~run": run };
}

function normalise(
  input: { [name: string]: unknown },
  name: string,
  field: Field,
  config: Parameters<Run>[1],
  problems: Problem[],
): void {
  const value = input[name];
  const result = field["~run"]({ value }, config);
  if (result.issues === undefined) {
    if (result.value !== value) input[name] = result.value;
    return;
  }
  const step = { type: "object", origin: "value", input, key: name, value } as const;
  for (const problem of result.issues) {
    problems.push({ ...problem, path: [step, ...(problem.path ?? [])] });
  }
}
