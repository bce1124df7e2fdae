import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const rules = readFileSync(`${root}docs/rules.md`, "utf8");

interface Tag {
  readonly rule: string;
  readonly half: string | null;
  readonly place: string;
}

const headings = [...rules.matchAll(/^### ([A-Z]\d+) — \S.*$/gm)].map(([, number]) => String(number));
const listed = [
  ...rules.slice(rules.indexOf("\n## Not calculated yet\n")).matchAll(/^- ([A-Z]\d+) (\*in part\*)?/gm),
].map(([, number, inPart]) => ({ number: String(number), inPart: inPart !== undefined }));

const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort();
const malformed: string[] = [];
const tags = sources.flatMap(tagsOf);

function tagsOf(name: string): Tag[] {
  const found: Tag[] = [];
  for (const [index, line] of readFileSync(`${root}src/${name}`, "utf8").split("\n").entries()) {
    if (!line.includes("@rule")) continue;
    const place = `src/${name}:${index + 1}`;
    const tag = /^\s*(?:\/\*\*|\*) @rule ([A-Z]\d+)(?: \(([^()]+)\))?(?: \*\/)?$/.exec(line);
    if (tag === null) malformed.push(`${place} ${line.trim()}`);
    else found.push({ rule: String(tag[1]), half: tag[2] ?? null, place });
  }
  return found;
}

test("every rule has one heading, and the numbers of each letter have no gaps", () => {
  expect(headings).toHaveLength(72);
  expect(new Set(headings).size).toBe(headings.length);
  const last = new Map<string, number>();
  for (const heading of headings) {
    const letter = heading.charAt(0);
    expect(heading).toBe(`${letter}${(last.get(letter) ?? 0) + 1}`);
    last.set(letter, Number(heading.slice(1)));
  }
});

test("tags are written as `@rule P2` or `@rule P2 (name of a half)`", () => {
  expect(malformed).toEqual([]);
});

test("every tag names a documented rule", () => {
  expect(tags.filter(({ rule }) => !headings.includes(rule))).toEqual([]);
});

test("a rule is tagged once, or several times with a distinct name each", () => {
  const repeated = tags.filter(({ rule, half }, index) =>
    tags.some((other, at) => at !== index && other.rule === rule && (half === null || other.half === half)),
  );
  expect(repeated).toEqual([]);
});

test("the rules that no function is tagged with are those listed as not calculated yet", () => {
  const tagged = new Set(tags.map(({ rule }) => rule));
  const untagged = headings.filter((rule) => !tagged.has(rule));
  expect(listed.filter(({ inPart }) => !inPart).map(({ number }) => number)).toEqual(untagged);
  expect(listed.filter(({ inPart, number }) => inPart && !tagged.has(number))).toEqual([]);
});
