import { type BillingIssue, type IssuePath, pathText } from "../error.ts";
import { plainText } from "./plain-text.ts";

/** Input from which nothing can be had; the message begins with the file. */
export interface InputFailure extends Error {
  readonly name: "InputFailure";
}

/** Makes the failure of an input. */
export function inputFailure(message: string): InputFailure {
  return Object.assign(new Error(message), { name: "InputFailure" } as const);
}

/** Tells whether a caught value is an `InputFailure`. */
export function isInputFailure(value: unknown): value is InputFailure {
  return value instanceof Error && value.name === "InputFailure";
}

/** What is said about a place of a document, on one line, the place first. */
export function placeLine(path: IssuePath, message: string): string {
  return plainText(`${pathText(path)}: ${message}`);
}

/** A problem of a document and what was found there, on one line, the place first. */
export function problemLine({ path, message, found }: BillingIssue): string {
  return placeLine(path, `${message} (found ${found})`);
}
