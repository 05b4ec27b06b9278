import { acknowledgedKept } from "./acknowledged-kept.ts";
import { cutOnDanger } from "./cut-on-danger.ts";
import type { Invariant } from "./invariant.ts";
import { keyAreaClearance } from "./key-area-clearance.ts";
import { noPowerWithoutGrant } from "./no-power-without-grant.ts";
import { oneHolder } from "./one-holder.ts";
import { powerAccounted } from "./power-accounted.ts";

/** The design's promises that today's features can break; each in its own file. */
export const allInvariants: readonly Invariant[] = [
  noPowerWithoutGrant,
  oneHolder,
  powerAccounted,
  cutOnDanger,
  keyAreaClearance,
  acknowledgedKept,
];
