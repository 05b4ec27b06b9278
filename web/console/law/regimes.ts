import type { LawCell } from "@hanyouxu/api";

/** Complete by type: a regime the contract adds is missing here until it is named. */
const named: Record<LawCell["regime"], true> = {
  general: true,
  "building-site": true,
  "special-equipment": true,
  chemical: true,
  "crowded-place": true,
};

export const REGIMES = Object.keys(named) as LawCell["regime"][];
