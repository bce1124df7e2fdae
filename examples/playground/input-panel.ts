import { billingPeriodAt, isBillingError, nextCycleStart } from "pure-billing";
import { byId, element, fill } from "./element.ts";
import { EXAMPLES, type Example } from "./examples.ts";
import { instantText } from "./format.ts";
import { problemsView, warningsView } from "./problems-view.ts";
import type { InputName, Reading, Subject } from "./read-inputs.ts";
import type { Inputs } from "./state.ts";

/** The inputs at the head of the page. */
export interface InputPanel {
  /** Writes the inputs into the page, except into the field that is being typed in. */
  readonly write: (inputs: Inputs) => void;
  readonly show: (reading: Reading) => void;
}

const INPUT_NAMES: { readonly [name in InputName]: string } = {
  contract: "Contract A",
  usage: "Usage",
  at: "The instant",
  other: "Contract B",
};
const TYPING_MS = 200;
const OWN = "own";
const NONE = "none";

/** The inputs of an example, compared with nothing. */
export function inputsOf({ key, document, usage, at }: Example): Inputs {
  return {
    example: key,
    contractText: jsonText(document),
    usageText: jsonText(usage),
    atText: at,
    other: NONE,
    otherText: "",
  };
}

/** Wires the inputs; `onChange` gets what of them has changed. */
export function inputPanel(onChange: (change: Partial<Inputs>) => void): InputPanel {
  const [example, other] = [byId<HTMLSelectElement>("example"), byId<HTMLSelectElement>("other")];
  const texts = [
    { area: byId<HTMLTextAreaElement>("contract-text"), name: "contractText" },
    { area: byId<HTMLTextAreaElement>("usage-text"), name: "usageText" },
    { area: byId<HTMLTextAreaElement>("other-text"), name: "otherText" },
    { area: byId<HTMLInputElement>("at"), name: "atText" },
  ] as const;
  fill(
    example,
    EXAMPLES.map(({ key, name }) => element("option", { value: key }, name)),
    element("option", { value: OWN }, "your own (as JSON)"),
  );

  let typed: Partial<Inputs> = {};
  let pause = 0;
  const type = (change: Partial<Inputs>): void => {
    typed = { ...typed, ...change };
    window.clearTimeout(pause);
    pause = window.setTimeout(() => {
      const change = typed;
      typed = {};
      onChange(change);
    }, TYPING_MS);
  };
  example.addEventListener("change", () => {
    // What was being typed belonged to what was picked before.
    typed = {};
    const chosen = EXAMPLES.find(({ key }) => key === example.value);
    if (chosen !== undefined) onChange(inputsOf(chosen));
    else {
      onChange({ example: OWN });
      openText("contract");
    }
  });
  other.addEventListener("change", () => {
    if (other.value === OWN) openText("other");
    const chosen = alternativesOf(example.value).find(({ name }) => name === other.value);
    const otherText = chosen === undefined ? "" : jsonText(chosen.document);
    onChange({ other: other.value, ...(other.value !== OWN && { otherText }) });
  });
  for (const { area, name } of texts) {
    area.addEventListener("input", () => type({ [name]: area.value, ...picked(name, area.value) }));
  }

  let subject: Subject | null = null;
  const moveTo = (at: Date | null): void => {
    if (at !== null) onChange({ atText: isoText(at) });
  };
  byId("earlier").addEventListener("click", () => moveTo(subject && periodBefore(subject)));
  byId("later").addEventListener("click", () =>
    moveTo(subject && nextCycleStart(subject.contract, subject.at)),
  );

  return {
    write: (inputs) => {
      fill(
        other,
        element("option", { value: NONE }, "nothing"),
        alternativesOf(inputs.example).map(({ name }) => element("option", { value: name }, name)),
        element("option", { value: OWN }, "your own (as JSON)"),
      );
      example.value = inputs.example;
      other.value = inputs.other;
      for (const { area, name } of texts) {
        if (area.value.trim() !== inputs[name].trim() && document.activeElement !== area)
          area.value = inputs[name];
      }
      byId("other-details").hidden = inputs.other === NONE;
    },
    show: (reading) => {
      subject = reading.subject;
      showReading(reading);
    },
  };
}

function showReading({ subject, problems }: Reading): void {
  byId("nothing").hidden = subject !== null;
  fill(
    byId("problems"),
    problems.map((problem) =>
      element(
        "div",
        { class: "problem", "data-input": problem.input },
        element("h3", {}, INPUT_NAMES[problem.input]),
        problemsView(problem),
      ),
    ),
  );
  for (const [input, id] of [
    ["contract", "contract-text"],
    ["usage", "usage-text"],
    ["at", "at"],
    ["other", "other-text"],
  ] as const) {
    byId(id).setAttribute("aria-invalid", String(problems.some((problem) => problem.input === input)));
  }
  fill(byId("warnings"), subject === null ? null : warningsView(subject.warnings));
  byId("at-local").textContent = subject === null ? "" : localText(subject);
  byId<HTMLButtonElement>("earlier").disabled = subject === null || periodBefore(subject) === null;
  byId<HTMLButtonElement>("later").disabled =
    subject === null || nextCycleStart(subject.contract, subject.at) === null;
}

function localText({ contract, at, timeZone }: Subject): string {
  const period = billingPeriodAt(contract, at);
  const where =
    period === null
      ? "in no period"
      : period.phase === "trial"
        ? "in the trial"
        : `in period ${period.index}, ${period.phase}`;
  return `${instantText(at, timeZone)} in ${timeZone}, ${where}`;
}

/** The start of the period before the one that runs. */
function periodBefore({ contract, at }: Subject): Date | null {
  const running = billingPeriodAt(contract, at);
  if (running === null) return null;
  try {
    return billingPeriodAt(contract, new Date(running.start.getTime() - 1))?.start ?? null;
  } catch (error) {
    // At the beginning of the calendar.
    if (isBillingError(error)) return null;
    throw error;
  }
}

function alternativesOf(example: string): Example["alternatives"] {
  return EXAMPLES.find(({ key }) => key === example)?.alternatives ?? [];
}

function openText(name: "contract" | "other"): void {
  const details = byId<HTMLDetailsElement>(`${name}-details`);
  details.hidden = false;
  details.open = true;
  byId(`${name}-text`).focus();
}

/** What the pickers say of a text that was typed. */
function picked(name: keyof Inputs, text: string): Partial<Inputs> {
  if (name === "contractText") return { example: OWN };
  return name === "otherText" ? { other: text.trim() === "" ? NONE : OWN } : {};
}

function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function isoText(instant: Date): string {
  return instant.toISOString().replace(".000Z", "Z");
}
