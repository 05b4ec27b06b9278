import { platformPolicy } from "../clause.ts";
import { type IncompatibleWork, simopsDistances } from "./limits.ts";
import type { HotWorkRegime } from "./regime.ts";

/** Work beside hot work that somebody declares: the first five by the law pack, the last two by the platform. */
export const otherWorkKinds = [
  "combustible-gas-discharge",
  "combustible-liquid-discharge",
  "leak-capable-equipment",
  "solvent-cleaning-or-painting",
  "dust-sweeping",
  "flammable-line-opening",
  "foam-insulation",
] as const;
export type OtherWorkKind = (typeof otherWorkKinds)[number];

/** What hot work conflicts with: declared work, or hot work of another firm. */
export type ConflictKind = OtherWorkKind | "hot-work";

/** Within so many metres two works must not go on at the same time, and by which clause. */
export interface ConflictLimit extends Omit<IncompatibleWork, "kind"> {
  kind: ConflictKind;
}

/**
 * The platform's own distances, in metres, that no text we have read gives. An opened line can leak like leak-capable
 * equipment (15 m); foam burns like the solvents of a coat of paint (10 m); the cylinders that stand beside one firm's
 * hot work must be 10 m from the other's hot-work point.
 */
const platformMetres = { "flammable-line-opening": 15, "foam-insulation": 10, "hot-work": 10 } as const;

/**
 * All that must not go on beside hot work of a regime, with the distance in metres and the clause; nothing abroad.
 * What rests on the platform alone carries a clause of kind `policy` that is not verified.
 */
export function conflictLimits(regime: HotWorkRegime): readonly ConflictLimit[] {
  const byLaw = simopsDistances(regime);
  if (byLaw.length === 0) return [];
  const byPlatform = Object.entries(platformMetres).map(([kind, metres]) => ({
    kind: kind as keyof typeof platformMetres,
    metres,
    isVertical: true,
    clause: { ...platformPolicy(), verified: false },
  }));
  return [...byLaw, ...byPlatform];
}
