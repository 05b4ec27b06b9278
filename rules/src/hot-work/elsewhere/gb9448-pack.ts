import { gb9448Of1999, gb9448Of2025 } from "../clauses.ts";
import { chinaRegimes, type HotWorkPack, rulesOf } from "../hot-work-rule.ts";
import { combustiblesHandled } from "../rule-kinds/combustibles-handled.ts";

const rule = rulesOf("gb-9448", "2020-01-01");
const watched = { rank: 63, regimes: chinaRegimes, limitMetres: 10, isWatchEnough: true };

/** Safety in welding and cutting. Neither edition has been read by us; both are applied with the 10 m of the older. */
export const gb9448Pack: HotWorkPack = {
  id: "gb-9448",
  title: { zh: "GB 9448 焊接与切割安全", en: "GB 9448, safety in welding and cutting" },
  rules: [
    combustiblesHandled(rule, {
      ...watched,
      version: 1,
      clause: gb9448Of1999,
      effectiveTo: "2026-07-31",
      exampleAtMs: Date.UTC(2026, 6, 29, 1, 30),
    }),
    combustiblesHandled(rule, { ...watched, version: 2, clause: gb9448Of2025, effectiveFrom: "2026-08-01" }),
  ],
};
