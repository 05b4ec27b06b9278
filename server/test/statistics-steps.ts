import type { RegionCode } from "@hanyouxu/protocol";
import fc from "fast-check";
import type { Kysely } from "kysely";
import type { Tables } from "../src/db/tables.ts";
import { countCells, type InPart } from "../src/features/statistics/count-cells.ts";
import { findChanges } from "../src/features/statistics/find-changes.ts";
import { testStartMs } from "./app.ts";
import { elsewhere, far, near } from "./statistics-world.ts";

const HOUR_MS = 3_600_000;
/** In another prefecture, and in another province. */
export const abroad = ["330106002", "410102001"] as RegionCode[];
/** Around the turn of a month, at all hours: the days of Shanghai are not those of UTC. */
const atHour = fc.integer({ min: -3 * 24, max: 33 * 24 }).map((hours) => testStartMs + hours * HOUR_MS);
const region = fc.constantFrom(near, far, elsewhere, ...abroad);
const which = fc.nat({ max: 999 });
const session = fc.record({
  kind: fc.constant("session" as const),
  at: atHour,
  region,
  machine: which,
  welder: which,
  arcMs: fc.option(fc.nat(HOUR_MS), { nil: undefined }),
});
/** What can happen to the rows that are counted, and to who counts them. */
export const step = fc.oneof(
  session,
  fc.record({
    kind: fc.constant("refusal" as const),
    at: atHour,
    region,
    machine: which,
    welder: which,
    rules: fc.subarray(["certificate-present", "scan-distance", "no-tamper"]),
  }),
  fc.record({
    kind: fc.constant("alarm" as const),
    at: atHour,
    region: fc.option(region, { nil: null }),
    machine: which,
    closedAfterMs: fc.option(fc.nat(HOUR_MS), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant("again" as const), of: which, arcMs: fc.nat(HOUR_MS) }),
  fc.record({ kind: fc.constant("move" as const), of: which, region, at: atHour }),
  fc.record({ kind: fc.constant("delete" as const), of: which }),
  fc.record({ kind: fc.constant("close" as const), of: which, afterMs: fc.nat(HOUR_MS) }),
  fc.record({
    kind: fc.constant("process" as const),
    machine: which,
    process: fc.constantFrom("SAW", "GTAW"),
    isMobile: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("industry" as const),
    machine: which,
    industry: fc.constantFrom("C33", "C35", null),
  }),
  fc.record({ kind: fc.constant("count" as const) }),
  fc.record({ kind: fc.constant("count twice at once" as const) }),
  fc.record({
    kind: fc.constant("count and be cut off" as const),
    of: session,
    afterParts: fc.nat({ max: 12 }),
  }),
);
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** A process that ends somewhere while it counts. */
export async function beCutOff(db: Kysely<Tables>, afterParts: number): Promise<void> {
  await findChanges(db);
  let left = afterParts;
  const inPart: InPart = async (work) => {
    if (left-- === 0) throw new Error("cut off");
    await db.transaction().execute(work);
  };
  await countCells(db, 1_000, { inPart, isInOnePiece: false }).catch((error: Error) => {
    if (error.message !== "cut off") throw error;
  });
}
