import type { Kysely } from "kysely";
import type { AppContext } from "../context.ts";
import type { Tables } from "../db/tables.ts";
import type { Batch } from "./frame.ts";
import { advanceRelayTests } from "./steps/advance-relay-tests.ts";
import { advanceSessions } from "./steps/advance-sessions.ts";
import { authenticate } from "./steps/authenticate.ts";
import { deduplicateAndOrder } from "./steps/deduplicate-and-order.ts";
import { matchAnswers } from "./steps/match-answers.ts";
import { place } from "./steps/place.ts";
import { raiseInterlocks } from "./steps/raise-interlocks.ts";
import { store } from "./steps/store.ts";
import { updateTwins } from "./steps/update-twins.ts";

export type StepContext = Pick<
  AppContext,
  "clock" | "random" | "newId" | "keys" | "metrics" | "log" | "watchedAreas" | "stationMap"
>;

export type Step = (ctx: StepContext, tx: Kysely<Tables>, batch: Batch) => Promise<void> | void;

/**
 * What happens to every message from a chip, in this order, in one transaction a batch. `decode` comes before (it
 * needs no database), the acknowledgements and the live picture after the commit: see ingest.ts. A step may drop or
 * quarantine a frame and count it; what it throws is a bug and undoes the batch.
 */
export const steps: readonly Step[] = [
  authenticate,
  deduplicateAndOrder,
  updateTwins,
  place,
  raiseInterlocks,
  advanceSessions,
  advanceRelayTests,
  matchAnswers,
  store,
];
