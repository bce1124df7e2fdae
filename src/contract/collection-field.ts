import { array, nullable, record } from "valibot";
import { chosen, coded, type Field, nothing, text } from "./field.ts";

/** An array of entries of one kind. */
export function list(entry: Field): Field {
  return Object.assign(array(entry, coded("INVALID_TYPE", null, "an array")), {
    missing: coded("MISSING", null, "an array"),
  });
}

/** An object whose property names are the user's. */
export function dictionary(value: Field): Field {
  const message = coded("INVALID_TYPE", null, "an object");
  const entries = record(text as never, value, message);
  const refused = nothing(message);
  // To valibot an array is an object too.
  return chosen("an object", (input) => (Array.isArray(input) ? refused : entries));
}

/** A field that may be null, but not absent. */
export function orNull(wrapped: Field): Field {
  return Object.assign(nullable(wrapped), { missing: wrapped.missing });
}
