import type { RelayTest } from "@hanyouxu/api";
import {
  type ChipEvent,
  type ChipId,
  type CommandResult,
  type Grant,
  MAX_FENCE_RADIUS_METRES,
  type PersonId,
  type Position,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import { defaultStartPolicy } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { prepareCommand, recordCommand } from "../commands/commands.ts";
import { verifyCheckpoint } from "../work-sessions/work-sessions.ts";
import {
  failOverdue,
  findRelayTests,
  insertRelayTest,
  isAtWork,
  type RelayTestRow,
  updateRelayTest,
} from "./relay-test-queries.ts";

/** Long enough to hear and see the relay, too short to weld anything. */
const HOLD_SECONDS = 4;
const ACCEPT_SECONDS = 20;
/** What the network may take on top. */
const GRACE_MS = 15_000;
/** The chip's fix and the phone's differ between walls. */
const FENCE_RADIUS_METRES = 300;
const CLOCK_TOLERANCE_SECONDS = 120;
/** Nobody welds: the grant names no welder. */
const NO_WELDER = "0".repeat(16);

type TestContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "keys" | "broker" | "audit" | "metrics" | "log"
>;

export interface RelayTestRequest {
  installationId: string;
  machineId: RelayTestRow["machine_id"];
  chipId: ChipId;
  position: Position;
  by: PersonId;
}

/**
 * Sends the chip a grant of some seconds under the test's own id. It is a grant like any other to the chip, so every
 * interlock holds; on the platform it is no work session, so nothing is counted as work.
 * @throws AppError installation.machine_busy, service.unavailable
 */
export async function sendRelayTest(ctx: TestContext, request: RelayTestRequest): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  await failOverdueRelayTests(ctx);
  const relayTestId = ctx.newId();
  const prepared = prepareCommand(
    ctx,
    request.chipId,
    { kind: "grant", ...testGrant(relayTestId, request, nowMs) },
    { acceptSeconds: ACCEPT_SECONDS },
  );
  try {
    await ctx.db.transaction().execute(async (tx) => {
      if (await isAtWork(tx, request.machineId)) throw new AppError("installation.machine_busy");
      await insertRelayTest(tx, {
        relay_test_id: relayTestId,
        installation_id: request.installationId,
        machine_id: request.machineId,
        chip_id: request.chipId,
        command_id: prepared.command.commandId,
        asked_by: request.by,
        hold_seconds: HOLD_SECONDS,
        status: "sent",
        sent_at: new Date(nowMs),
        due_at: new Date(nowMs + ACCEPT_SECONDS * 1000 + GRACE_MS),
      });
      await recordCommand(tx, prepared, nowMs, null);
      await ctx.audit.record(tx, {
        actor: request.by,
        action: "relay_test.sent",
        subject: `machine:${request.machineId}`,
        details: { relayTestId, chipId: request.chipId, holdSeconds: HOLD_SECONDS },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "relay_tests_one_open")) throw new AppError("installation.machine_busy");
    throw error;
  }
  try {
    await ctx.broker.publish(request.chipId, prepared.bytes);
  } catch (error) {
    ctx.metrics.undeliveredCommands.inc({ kind: "grant" });
    ctx.log.warn({ err: error, chipId: request.chipId, relayTestId }, "relay test not taken by the broker");
    await updateRelayTest(ctx.db, relayTestId, { status: "failed", failure: "no-answer" });
    throw new AppError("service.unavailable", { cause: error });
  }
}

function testGrant(relayTestId: string, { position }: RelayTestRequest, nowMs: number): Grant {
  const nowSeconds = Math.floor(nowMs / 1000);
  return {
    workSessionId: relayTestId as WorkSessionId,
    welderPseudonym: NO_WELDER,
    notBeforeSeconds: nowSeconds - CLOCK_TOLERANCE_SECONDS,
    validSeconds: 2 * CLOCK_TOLERANCE_SECONDS,
    maxEnergisedSeconds: HOLD_SECONDS,
    // Never the shorter of the two: the reason it opens for tells that the chip keeps its limit.
    idleLimitSeconds: HOLD_SECONDS * 10,
    fence: {
      kind: "circle",
      latitudeE7: Math.round(position.latitudeDegrees * 1e7),
      longitudeE7: Math.round(position.longitudeDegrees * 1e7),
      radiusMetres: Math.min(
        Math.round(FENCE_RADIUS_METRES + position.accuracyMetres),
        MAX_FENCE_RADIUS_METRES,
      ),
    },
    gasWarningLelPermille: Math.round(defaultStartPolicy.gasWarnPercentLel * 10),
    gasCutLelPermille: Math.round(defaultStartPolicy.gasCutPercentLel * 10),
    isWatchHeartbeatRequired: false,
    decisionDigest: Buffer.from(sha256(Buffer.from(`relay-test ${relayTestId}`)))
      .subarray(0, 8)
      .toString("hex"),
  };
}

/** What chips of a batch have said that may belong to relay tests. */
export interface RelayTestNews {
  events: readonly { chipId: ChipId; event: ChipEvent; occurredAtMs: number }[];
  answers: readonly { chipId: ChipId; commandId: string; result: CommandResult }[];
  /** Ids in the events that are known to be of work sessions: nothing is asked about them. */
  workSessionIds: ReadonlySet<string>;
  spkiOf(chipId: ChipId): Uint8Array | undefined;
}

/** Carries relay tests forward by the chip's own words: closed, opened, signed, or refused. */
export async function applyRelayTestNews(tx: Kysely<Tables>, news: RelayTestNews): Promise<void> {
  const ids = news.events
    .flatMap(({ event }) => testIdOf(event) ?? [])
    .filter((id) => !news.workSessionIds.has(id));
  const commandIds = news.answers.map(({ commandId }) => commandId);
  if (ids.length + commandIds.length === 0) return;
  for (const test of await findRelayTests(tx, ids, commandIds)) {
    const refused = news.answers.find(
      ({ chipId, commandId }) => chipId === test.chip_id && commandId === test.command_id,
    );
    if (refused && test.status === "sent") {
      await updateRelayTest(tx, test.relay_test_id, { status: "failed", failure: refused.result });
      test.status = "failed";
    }
    for (const { chipId, event, occurredAtMs } of news.events) {
      if (chipId !== test.chip_id || testIdOf(event) !== test.relay_test_id) continue;
      await applyEvent(tx, test, event, new Date(occurredAtMs), news.spkiOf(chipId));
    }
  }
}

async function applyEvent(
  tx: Kysely<Tables>,
  test: RelayTestRow,
  event: ChipEvent,
  at: Date,
  spki: Uint8Array | undefined,
): Promise<void> {
  const { relay_test_id: id } = test;
  if (event.kind === "energised") {
    const isAwaited = test.status === "sent";
    if (isAwaited) test.status = "closed";
    const dueAt = new Date(at.getTime() + test.hold_seconds * 1000 + GRACE_MS);
    await updateRelayTest(tx, id, {
      closed_at: at,
      ...(isAwaited ? { status: "closed", due_at: dueAt } : {}),
    });
  } else if (event.kind === "de-energised") {
    const isPassed = event.data.reason === "energised-limit";
    const wasClosed = test.status === "closed";
    if (wasClosed) test.status = isPassed ? "passed" : "failed";
    await updateRelayTest(tx, id, {
      opened_at: at,
      open_reason: event.data.reason,
      peak_deciamps: event.data.peakDeciamps,
      ...(wasClosed ? { status: test.status } : {}),
      ...(wasClosed && !isPassed ? { failure: event.data.reason } : {}),
    });
  } else if (event.kind === "checkpoint" && spki) {
    await updateRelayTest(tx, id, {
      checkpoint_verified: verifyCheckpoint({ chipId: test.chip_id, spki }, event),
    });
  }
}

function testIdOf(event: ChipEvent): string | undefined {
  const isOfTest = event.kind === "energised" || event.kind === "de-energised" || event.kind === "checkpoint";
  return isOfTest ? event.data.workSessionId : undefined;
}

/** Chips that neither closed nor opened in time: the test has failed. Call it every few seconds. */
export async function failOverdueRelayTests(ctx: Pick<AppContext, "db" | "clock">): Promise<number> {
  return await failOverdue(ctx.db, new Date(ctx.clock.nowMs()));
}

export function relayTestOf(row: RelayTestRow): RelayTest {
  return {
    relayTestId: row.relay_test_id,
    status: row.status,
    failure: row.failure,
    holdSeconds: row.hold_seconds,
    sentAt: row.sent_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    openedAt: row.opened_at?.toISOString() ?? null,
    openReason: row.open_reason,
    checkpointVerified: row.checkpoint_verified,
  };
}
