import { byId, element, fill } from "./element.ts";
import { explanationView } from "./explanation-view.ts";
import { linesView } from "./lines-view.ts";
import { previewSentence, previewView } from "./preview-view.ts";
import type { PricedFeature } from "./priced-features.ts";
import { issueList } from "./problems-view.ts";
import type { QuantityRange } from "./quantities.ts";
import type { Subject } from "./read-inputs.ts";
import { type SliderView, sliderView } from "./slider-view.ts";
import type { Outcome } from "./what-if.ts";

/** The sliders and what they lead to. */
export interface WhatIfPanel {
  /** Makes the sliders of a subject. */
  readonly build: (subject: Subject) => void;
  readonly setSlider: (key: string, units: string, range: QuantityRange) => void;
  readonly show: (subject: Subject, outcome: Outcome, explained: string | null) => void;
}

const ANNOUNCE_MS = 600;

/** Wires the sliders; `onMove` gets the key of one and its quantity, `onReset` that all go back. */
export function whatIfPanel(onMove: (key: string, units: string) => void, onReset: () => void): WhatIfPanel {
  const sliders = new Map<string, SliderView>();
  let announcing = 0;
  byId("reset").addEventListener("click", onReset);
  return {
    build: ({ features }) => {
      sliders.clear();
      const moving = features.filter(isMoving);
      for (const feature of moving) {
        sliders.set(
          feature.key,
          sliderView(feature, (units) => onMove(feature.key, units)),
        );
      }
      fill(
        byId("sliders"),
        [...sliders.values()].map(({ node }) => node),
      );
      byId("sliders-hint").textContent = hint(features, moving.length);
      byId("reset").hidden = moving.length === 0;
    },
    setSlider: (key, units, range) => sliders.get(key)?.set(units, range),
    show: (subject, outcome, explained) => {
      byId("preview").hidden = !outcome.ok;
      byId("answered").hidden = !outcome.ok;
      fill(
        byId("unanswered"),
        outcome.ok
          ? null
          : element(
              "div",
              { class: "problem" },
              element("h3", {}, "Nothing is calculated from this"),
              issueList(outcome.issues),
            ),
      );
      if (!outcome.ok) return;
      const { answer } = outcome;
      fill(byId("preview"), previewView(subject, answer));
      fill(byId("lines"), linesView(subject, answer, explained));
      const feature = subject.features.find(({ key }) => key === explained);
      fill(
        byId("explanation"),
        feature === undefined
          ? element("p", { class: "quiet" }, "Nothing is priced.")
          : explanationView(feature, answer),
      );
      window.clearTimeout(announcing);
      announcing = window.setTimeout(() => {
        byId("announcement").textContent = previewSentence(subject, answer);
      }, ANNOUNCE_MS);
    },
  };
}

/** Whether a price has a quantity that a slider can move. */
export function isMoving({ quantity }: PricedFeature): boolean {
  return quantity === "contracted" || quantity === "metered";
}

function hint(features: readonly PricedFeature[], moving: number): string {
  const byEvents = features.filter(({ quantity }) => quantity === "events").map(({ name }) => name);
  const notes = [
    moving === 0 ? "Nothing in this contract has a quantity." : "",
    byEvents.length === 0
      ? ""
      : `${byEvents.join(", ")}: the price depends on single events, not on their sum, so the events of the usage count.`,
  ];
  return notes.filter((note) => note !== "").join(" ");
}
