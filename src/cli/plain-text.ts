// Control characters and those that turn the direction of writing: a document must not steer the terminal.
const STEERING = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text of a document as it may be printed: on one line, what steers a terminal shown as a replacement character. */
export function plainText(text: string): string {
  return text.replace(STEERING, "\ufffd");
}

/** A name as it is printed in a table: plain, and cut where it is too long to be one. */
export function printedName(text: string, longest = 40): string {
  const characters = [...plainText(text.slice(0, 4 * longest))];
  return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest - 1).join("")}…`;
}
