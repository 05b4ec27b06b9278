import type { StartPolicy } from "@hanyouxu/rules";

/** The regional numbers by which fixes are believed and places followed; see the rules' policy fields. */
export type PlacePolicy = Pick<
  StartPolicy,
  | "placeWorstAccuracyMetres"
  | "placeFastestMetresPerSecond"
  | "placeStillSeconds"
  | "placeJumpSeconds"
  | "placeJumpDoubtMinutes"
  | "placeEnterMetres"
  | "placeExitMetres"
  | "placeAgreeingFixes"
  | "placeDwellSeconds"
  | "placeTouchSeconds"
  | "placeContradictedSeconds"
  | "placeBlindMinutes"
  | "placeSignHours"
>;
