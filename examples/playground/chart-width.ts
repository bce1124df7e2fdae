const USUAL_WIDTH = 640;

/** The width that a chart may take: a usual one while the page has no layout, since it is drawn anew when it has. */
export function chartWidth({ clientWidth }: HTMLElement): number {
  return clientWidth === 0 ? USUAL_WIDTH : clientWidth;
}
