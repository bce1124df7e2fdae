export { parsePrice } from "./contract/parse.ts";
export { chargeFor } from "./price/charge-for.ts";
