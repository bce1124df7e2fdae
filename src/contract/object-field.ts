import { type BaseIssue, looseObject } from "valibot";
import { chosen, coded, type Field, nothing } from "./field.ts";

const MESSAGE = coded("INVALID_TYPE", null, "an object");
const noObject = nothing(MESSAGE);

/** An object with these fields; others are kept as they are. */
export function object(entries: { readonly [name: string]: Field }): Field {
  // For a missing field valibot asks the object, which asks the field what it should have been.
  const message = ({ path }: BaseIssue<unknown>): string => {
    const name = path?.at(-1)?.key;
    return (typeof name === "string" && entries[name]?.missing) || MESSAGE;
  };
  const schema = looseObject(entries, message);
  // To valibot an array is an object too.
  const field = chosen("an object", (value) => (Array.isArray(value) ? noObject : schema));
  return Object.assign(field, { entries });
}
