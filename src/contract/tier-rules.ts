import { compareDecimals, decimalOf, isMultipleOf, isZero } from "./decimal-field.ts";
import { type Place, report } from "./place.ts";
import { type JsonObject, objectIn } from "./read.ts";

const ORDER = "tiers in ascending order of up_to, the first above 0, the last null";

/**
 * Tiers leave no gap and end open (R2); whole batches don't belong to two of them.
 *
 * @rule R4 (tiers)
 */
export function checkTiers(details: JsonObject, place: Place): void {
  const tiers = details["tiers"];
  if (!Array.isArray(tiers)) return;
  if (tiers.length === 0) {
    report(
      place,
      ["tiers"],
      "INVALID_TIERS",
      "R2",
      "there is no tier",
      tiers,
      "at least one tier, with up_to null",
    );
  }
  const batchSize = undividedBatch(details);
  let previous = "0";
  for (let index = 0; index < tiers.length; index++) {
    const upTo = checkEnd(tiers, index, previous, place);
    if (upTo === undefined) continue;
    previous = upTo;
    if (batchSize === undefined || isMultipleOf(upTo, batchSize)) continue;
    const problem = "a batch would belong to two tiers and be charged twice";
    const allowed = `a multiple of batch_size (${batchSize})`;
    report(place, ["tiers", index, "up_to"], "INVALID_TIERS", "R4", problem, upTo, allowed);
  }
}

/** The end of a tier, undefined where it has none or no sound one. */
function checkEnd(
  tiers: readonly unknown[],
  index: number,
  previous: string,
  place: Place,
): string | undefined {
  const found = objectIn(tiers[index])["up_to"];
  const isLast = index === tiers.length - 1;
  const upTo = decimalOf(found);
  if (found === null ? isLast : upTo === undefined) return undefined;
  const isAbove = upTo !== undefined && compareDecimals(upTo, previous) > 0;
  if (!isLast && isAbove) return upTo;
  let problem = `up_to is not above ${previous}, where the tier begins`;
  if (found === null) problem = "only the last tier is open";
  else if (isLast) problem = "the last tier is not open";
  report(place, ["tiers", index, "up_to"], "INVALID_TIERS", "R2", problem, found, ORDER);
  return isAbove ? upTo : undefined;
}

/** The batch size where batches are whole and counted tier by tier. */
function undividedBatch(details: JsonObject): string | undefined {
  if (details["batch_rounding"] === "none" || details["tier_mode"] === "volume") return undefined;
  const batchSize = decimalOf(details["batch_size"]);
  return batchSize === undefined || isZero(batchSize) ? undefined : batchSize;
}
