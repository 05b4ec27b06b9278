import type { LawRule } from "@hanyouxu/api";

type Regime = NonNullable<LawRule["regimes"]>[number];
type Moment = NonNullable<LawRule["moments"]>[number];

/** Complete by type: what the contract adds is missing here until it is named. */
const regimes: Record<Regime, true> = {
  general: true,
  chemical: true,
  "building-site": true,
  "crowded-place": true,
  "entertainment-venue": true,
  "us-osha": true,
  "us-nfpa": true,
  "uk-joint-code": true,
};
const moments: Record<Moment, true> = { issue: true, start: true, during: true, close: true };

export const HOT_WORK_REGIMES = Object.keys(regimes) as Regime[];
export const HOT_WORK_MOMENTS = Object.keys(moments) as Moment[];
