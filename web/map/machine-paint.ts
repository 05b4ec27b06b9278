import type { MachineState } from "@hanyouxu/api";

/** Most important first, as the API orders them; the legend too. */
export const MACHINE_STATES: readonly MachineState[] = [
  "tampered",
  "faulted",
  "locked",
  "arcing",
  "energised",
  "granted",
  "idle",
  "offline",
];

/** The colours of machine states, one place for map, lists and legend; chosen for a dark blue ground. */
export const STATE_COLOURS: Record<MachineState, string> = {
  tampered: "#ff4d4f",
  faulted: "#ff7eb6",
  locked: "#ff9f1a",
  arcing: "#3dfcb0",
  energised: "#19d3da",
  granted: "#b6e34a",
  idle: "#4c94ff",
  offline: "#8a99ad",
};

/** A MapLibre expression: the colour of a feature's `state`. */
export const STATE_BY_COLOUR = [
  "match",
  ["get", "state"],
  ...MACHINE_STATES.flatMap((state) => [state, STATE_COLOURS[state]]),
  "#fff",
];
