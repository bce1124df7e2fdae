// Runs in the page: how well its texts stand out, as WCAG measures it.

/** A text that is seen, with the contrast to what is behind it. */
export interface TextContrast {
  readonly text: string;
  readonly ratio: number;
}

/** The contrast of every text of the page that is seen, and of the labels on the bars of the timeline. */
export function textContrasts(): TextContrast[] {
  type Color = readonly [red: number, green: number, blue: number, alpha: number];

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (canvas === null) throw new Error("no canvas");

  const colorOf = (css: string): Color => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const luminance = ([red, green, blue]: Color): number => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (first: Color, second: Color): number => {
    const [high = 0, low = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (start: Element | null): Color => {
    for (let each = start; each !== null; each = each.parentElement) {
      const color = colorOf(getComputedStyle(each).backgroundColor);
      if (color[3] === 1) return color;
    }
    return [255, 255, 255, 1];
  };

  const found: TextContrast[] = [];
  for (const each of document.querySelectorAll("body *")) {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== "");
    if (!own || !each.checkVisibility() || each.closest("svg") !== null || each.closest("script") !== null)
      continue;
    const ratio = contrast(colorOf(getComputedStyle(each).color), behind(each));
    found.push({ text: (each.textContent ?? "").trim().slice(0, 40), ratio });
  }
  const root = getComputedStyle(document.documentElement);
  const variable = (name: string): Color => colorOf(root.getPropertyValue(name).trim());
  for (const [front, back] of [
    ["--on-trial", "--trial"],
    ["--on-free", "--free"],
    ["--on-paid", "--paid"],
    ["--muted", "--card"],
    ["--text", "--card"],
    ["--at", "--card"],
    ["--even", "--card"],
  ] as const) {
    found.push({ text: `${front} on ${back}`, ratio: contrast(variable(front), variable(back)) });
  }
  return found;
}
