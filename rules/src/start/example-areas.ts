import type { KeyAreaFacts, StartFacts } from "./facts.ts";

export const HOSPITAL = "0198d0a0-0000-7000-8000-0000000000b1";

/** A hospital that the machine is in and that demands everything, with something changed. */
export function hospital(change: Partial<KeyAreaFacts>): KeyAreaFacts {
  return {
    keyAreaId: HOSPITAL,
    name: "演示医院",
    kind: "hospital",
    state: "inside",
    demands: { permit: true, sceneCheck: true, fireWatch: true, smoulderWatch: true },
    ...change,
  };
}

/** A change of an example's facts: the machine is in such a hospital. */
export function within(change: Partial<KeyAreaFacts>) {
  return (facts: StartFacts) => {
    facts.keyAreas = [hospital(change)];
  };
}

/** The same, with a clearance that is ready. */
export function clearedWithin(change: Partial<KeyAreaFacts>) {
  return (facts: StartFacts) => {
    within(change)(facts);
    facts.clearance = { clearanceId: "c", keyAreaId: HOSPITAL, state: "ready", isReadyToStart: true };
  };
}
