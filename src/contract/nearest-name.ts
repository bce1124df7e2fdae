const LONGEST_NAME = 60;

/** The known name that was probably meant, or null where none is near: case and underscores don't count. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > LONGEST_NAME) return null;
  const plain = plainName(name);
  let nearest: string | null = null;
  let least = 1 + Math.min(2, Math.floor(plain.length / 3));
  for (const candidate of known) {
    const distance = editDistance(plain, plainName(candidate));
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[_\s-]/g, "");
}

/** How many letters must be inserted, deleted or replaced (Levenshtein). */
function editDistance(first: string, second: string): number {
  let previous = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let row = 1; row <= first.length; row++) {
    const current = [row];
    for (let column = 1; column <= second.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (first[row - 1] === second[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[second.length] ?? 0;
}
