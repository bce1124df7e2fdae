/** How tooltips look in every chart. */
export const TIP: { readonly lineHeight: number; readonly stroke: string; readonly textPadding: number } = {
  lineHeight: 1.35,
  stroke: "var(--line)",
  textPadding: 10,
};
