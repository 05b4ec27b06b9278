import {
  isAuthenticMachineCode,
  type MachineCode,
  parseMachineCode,
  type WelderId,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import type { TimedPosition } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { machineCodeMac } from "../../crypto/machine-code-mac.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { type PreparedCommand, prepareCommand, recordCommand } from "../commands/commands.ts";
import { decideStart, gatherStart, type StartDecision, storeDecision } from "../decisions/decisions.ts";
import { grantFor } from "./grant.ts";
import { findByIdempotencyKey, insertWorkSession } from "./queries.ts";

export interface StartRequest {
  welderId: WelderId;
  /** As scanned or typed. */
  machineCode: string;
  phonePosition: TimedPosition | null;
  idempotencyKey: string;
}

export type StartResult =
  | { outcome: "grant"; workSessionId: WorkSessionId }
  | { outcome: "refuse" | "require"; start: StartDecision };

type StartContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "keys" | "broker" | "machineCodeKey" | "metrics" | "log"
>;

/**
 * The main job: decide, and on a grant store it, sign it and send it. The session is committed before the chip can
 * hear of it, so nothing the chip does is unknown to the platform.
 * @throws AppError machine_code.invalid | machine_code.forged | machine.not_found
 */
export async function startWork(ctx: StartContext, request: StartRequest): Promise<StartResult> {
  const machineCode = authenticCode(ctx, request.machineCode);
  const repeated = await findByIdempotencyKey(ctx.db, request.welderId, request.idempotencyKey);
  if (repeated) return { outcome: "grant", workSessionId: repeated };
  const endTimer = ctx.metrics.startSeconds.startTimer();
  const started = await decideAndStore(ctx, machineCode, request);
  if (started.outcome === "grant" && started.command) {
    await ctx.broker.publish(started.command.command.audience, started.command.bytes);
  }
  endTimer({ outcome: started.outcome });
  ctx.metrics.decisions.inc({ outcome: started.outcome });
  return started;
}

/** The code of a machine of this platform; a code that was made up is counted. */
export function authenticCode(
  ctx: Pick<AppContext, "machineCodeKey" | "metrics">,
  text: string,
): MachineCode {
  const parsed = parseMachineCode(text);
  if (!parsed.ok) throw new AppError("machine_code.invalid");
  if (!isAuthenticMachineCode(parsed.value, machineCodeMac(ctx.machineCodeKey))) {
    ctx.metrics.forgedCodes.inc();
    throw new AppError("machine_code.forged");
  }
  return parsed.value;
}

type Stored = StartResult & { command?: PreparedCommand };

/** Two people can scan one machine in the same instant: the index lets one in, the other is decided again. */
async function decideAndStore(
  ctx: StartContext,
  machineCode: MachineCode,
  request: StartRequest,
): Promise<Stored> {
  try {
    return await ctx.db.transaction().execute((tx) => decideIn(ctx, tx, machineCode, request));
  } catch (error) {
    if (isUniqueViolation(error, "work_sessions_idempotency")) {
      const repeated = await findByIdempotencyKey(ctx.db, request.welderId, request.idempotencyKey);
      if (repeated) return { outcome: "grant", workSessionId: repeated };
    }
    if (!isUniqueViolation(error, "work_sessions_one_holder")) throw error;
    return await ctx.db.transaction().execute((tx) => decideIn(ctx, tx, machineCode, request));
  }
}

async function decideIn(
  ctx: StartContext,
  tx: Kysely<Tables>,
  machineCode: MachineCode,
  { welderId, phonePosition, idempotencyKey }: StartRequest,
): Promise<Stored> {
  const nowMs = ctx.clock.nowMs();
  const gathered = await gatherStart(tx, machineCode, welderId, phonePosition, nowMs);
  if (!gathered) throw new AppError("machine.not_found");
  if (gathered.openWorkSessionId && gathered.facts.machine.heldBy === welderId) {
    // Scanning one's own running machine again leads back to its work session.
    return { outcome: "grant", workSessionId: gathered.openWorkSessionId };
  }
  const start = decideStart(ctx, gathered);
  await storeDecision(tx, start, gathered, welderId);
  if (start.decision.outcome !== "grant" || !gathered.chipId) {
    return { outcome: start.decision.outcome === "require" ? "require" : "refuse", start };
  }
  const workSessionId = ctx.newId() as WorkSessionId;
  const grant = grantFor(workSessionId, gathered, start, nowMs);
  const command = prepareCommand(
    ctx,
    gathered.chipId,
    { kind: "grant", ...grant },
    { acceptSeconds: start.policy.grantSeconds, expectedStateVersion: gathered.stateVersion },
  );
  await insertWorkSession(tx, {
    work_session_id: workSessionId,
    machine_id: gathered.machineId,
    chip_id: gathered.chipId,
    welder_id: welderId,
    enterprise_id: gathered.enterpriseId,
    region_code: gathered.regionCode,
    decision_id: start.decisionId,
    status: "granted",
    idempotency_key: idempotencyKey,
    granted_at: new Date(nowMs),
    accept_by: new Date(command.command.acceptBySeconds * 1000),
    expires_at: new Date((grant.notBeforeSeconds + grant.validSeconds) * 1000),
  });
  await recordCommand(tx, command, nowMs, workSessionId);
  return { outcome: "grant", workSessionId, command };
}
