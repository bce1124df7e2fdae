/** A contract whose price changes; amounts in minor units. */
export interface Mover {
  readonly id: string | number | null;
  readonly customer: string | null;
  readonly before: bigint;
  readonly after: bigint;
  /** How far it moves, in either direction. */
  readonly distance: bigint;
}

const MOST_MOVERS = 5;

/** Adds a contract to those that move farthest, farthest first; of those that move as far the first ones stay. */
export function addMover(movers: Mover[], mover: Mover): void {
  const last = movers[MOST_MOVERS - 1];
  if (last !== undefined && mover.distance <= last.distance) return;
  const place = movers.findIndex(({ distance }) => distance < mover.distance);
  movers.splice(place < 0 ? movers.length : place, 0, mover);
  if (movers.length > MOST_MOVERS) movers.pop();
}
