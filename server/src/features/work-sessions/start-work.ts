import type { SiteChoice } from "@hanyouxu/api";
import type { MachineCode, PersonId, WorkSessionId } from "@hanyouxu/protocol";
import type { ClearanceFacts, StartFacts, TimedPosition } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import { AppError } from "../../errors.ts";
import { commandRow, type PreparedCommand, prepareCommand } from "../commands/commands.ts";
import {
  decideStart,
  decisionRow,
  gatherStart,
  insertDecision,
  type StartDecision,
} from "../decisions/decisions.ts";
import { authenticCode, whyNoMachine } from "../labels/labels.ts";
import { clearedShape } from "../places/places.ts";
import { welderOf } from "../welders/welders.ts";
import { grantFor } from "./grant.ts";
import { insertGrantedStart, withdrawGrant } from "./queries.ts";
import { sessionChain } from "./session-chain.ts";

export interface StartRequest {
  /** Who asks; must be registered as a welder. */
  personId: PersonId;
  /** As scanned or typed. */
  machineCode: string;
  phonePosition: TimedPosition | null;
  /** Of this attempt: repeated, it leads to the same work session. */
  idempotencyKey: string;
  /** Whose place it is; null where the phone did not say. */
  site: SiteChoice | null;
  /** Which of his firms the welder works for; null where the phone did not say. */
  contractorEnterpriseId: string | null;
}

export type StartResult =
  | { outcome: "grant"; workSessionId: WorkSessionId }
  | { outcome: "refuse" | "require"; start: StartDecision };

/** What allows work in key areas; the clearances' own, handed in by `app.ts`. */
export interface ClearanceGate {
  /** What the law of hot work says of the clearance's permit now; undefined when there is no permit. */
  lawAtStart(clearanceId: string, nowMs: number): Promise<ClearanceFacts["law"] | undefined>;
  /** The session is about to be sent to its chip. False: the clearance does not allow it any more. */
  begin(clearanceId: string, workSessionId: WorkSessionId): Promise<boolean>;
}

type StartContext = { gate: ClearanceGate } & Pick<
  AppContext,
  | "db"
  | "clock"
  | "random"
  | "newId"
  | "keys"
  | "broker"
  | "machineCodeKey"
  | "changes"
  | "powerHints"
  | "metrics"
  | "log"
  | "watchedAreas"
>;

/**
 * The main job: decide, and on a grant store it, sign it and send it. The session is committed before the chip can
 * hear of it, so nothing the chip does is unknown to the platform.
 * @throws AppError machine_code.invalid | machine_code.forged | machine_code.void | machine_code.blank |
 *   welder.not_registered | machine.not_found | work_session.key_used | service.unavailable
 */
export async function startWork(ctx: StartContext, request: StartRequest): Promise<StartResult> {
  const machineCode = await authenticCode(ctx, request.machineCode, request.personId);
  const endTimer = ctx.metrics.startSeconds.startTimer();
  const started = await decideAndStore(ctx, machineCode, request);
  if (started.outcome === "unknown") throw await whyNoMachine(ctx, machineCode, request.personId);
  // Neither an attempt repeated nor one's own machine scanned again is a new decision.
  if ("workSessionId" in started && !started.command) return started;
  if ("workSessionId" in started && started.command) await send(ctx, started.workSessionId, started.command);
  endTimer({ outcome: started.outcome });
  ctx.metrics.decisions.inc({ outcome: started.outcome });
  return started;
}

/**
 * A grant that the broker does not take cannot reach the chip: the work is called off at once, so that neither the
 * machine nor the attempt's key is held. Should the chip have got it after all, its own word brings the session back.
 */
async function send(
  ctx: StartContext,
  workSessionId: WorkSessionId,
  { command, bytes }: PreparedCommand,
): Promise<void> {
  ctx.powerHints.expect({ commandId: command.commandId, chipId: command.audience, workSessionId });
  try {
    await ctx.broker.publish(command.audience, bytes);
  } catch (error) {
    ctx.metrics.undeliveredCommands.inc({ kind: command.kind });
    ctx.log.warn({ err: error, chipId: command.audience, workSessionId }, "grant not taken by the broker");
    await withdrawGrant(ctx.db, workSessionId, new Date(ctx.clock.nowMs()));
    ctx.changes.announce([workSessionId]);
    throw new AppError("service.unavailable", { cause: error });
  }
}

type Stored =
  | { outcome: "unknown" }
  | { outcome: "grant"; workSessionId: WorkSessionId; command?: PreparedCommand }
  | { outcome: "refuse" | "require"; start: StartDecision };

/** Others can win the machine, or the welder's turn, while somebody tries; more often than this it is not by chance. */
const MAX_TRIES = 8;

/**
 * Without a transaction: everything is read in one statement and written in one. Two people can scan one machine in the
 * same instant: the index lets one in, the other is decided again. So is a welder's second start of two at once, whose
 * turn the first has taken.
 */
async function decideAndStore(
  ctx: StartContext,
  machineCode: MachineCode,
  request: StartRequest,
): Promise<Stored> {
  for (let tries = 1; ; tries++) {
    try {
      const stored = await decideOnce(ctx, machineCode, request);
      if (stored.outcome !== "overtaken") return stored;
      if (tries === MAX_TRIES) throw new AppError("service.unavailable");
    } catch (error) {
      if (!isUniqueViolation(error, "work_sessions_one_holder")) throw error;
      if (tries === MAX_TRIES) throw new AppError("service.unavailable", { cause: error });
    }
  }
}

async function decideOnce(
  ctx: StartContext,
  machineCode: MachineCode,
  { personId, phonePosition, idempotencyKey, site, contractorEnterpriseId }: StartRequest,
): Promise<Stored | { outcome: "overtaken" }> {
  const nowMs = ctx.clock.nowMs();
  const question = { machineCode, personId, phonePosition, idempotencyKey, site, nowMs };
  const gathered = await gatherStart(ctx, question);
  if (!gathered) {
    await welderOf(ctx, { personId });
    return { outcome: "unknown" };
  }
  const { repeated, welderId } = gathered;
  if (repeated) {
    if (repeated.machineId !== gathered.machineId) throw new AppError("work_session.key_used");
    return { outcome: "grant", workSessionId: repeated.workSessionId };
  }
  if (gathered.openWorkSessionId && gathered.facts.machine.heldBy === welderId) {
    // Scanning one's own running machine again leads back to its work session.
    return { outcome: "grant", workSessionId: gathered.openWorkSessionId };
  }
  const clearance = await withLaw(ctx, gathered.facts, nowMs);
  const start = decideStart(ctx, gathered);
  const decision = decisionRow(start, gathered);
  if (start.decision.outcome !== "grant" || !gathered.chipId) {
    await insertDecision(ctx.db, decision);
    return { outcome: start.decision.outcome === "require" ? "require" : "refuse", start };
  }
  const workSessionId = ctx.newId() as WorkSessionId;
  const grant = grantFor(workSessionId, gathered, start, nowMs, clearedShape(ctx.watchedAreas, start.facts));
  const command = prepareCommand(
    ctx,
    gathered.chipId,
    { kind: "grant", ...grant },
    { acceptSeconds: Math.round(start.policy.grantSeconds), expectedStateVersion: gathered.stateVersion },
  );
  const session = {
    work_session_id: workSessionId,
    machine_id: gathered.machineId,
    chip_id: gathered.chipId,
    welder_id: welderId,
    enterprise_id: gathered.enterpriseId,
    region_code: gathered.regionCode,
    decision_id: start.decisionId,
    status: "granted" as const,
    idempotency_key: idempotencyKey,
    granted_at: new Date(nowMs),
    accept_by: new Date(command.command.acceptBySeconds * 1000),
    expires_at: new Date((grant.notBeforeSeconds + grant.validSeconds) * 1000),
    clearance_id: clearance?.clearanceId ?? null,
    ...sessionChain(gathered, { site, contractorEnterpriseId }, start.policy),
  };
  const commandToStore = commandRow(command, nowMs, workSessionId);
  const isStored = await insertGrantedStart(ctx.db, gathered.startCount, decision, session, commandToStore);
  if (!isStored) return { outcome: "overtaken" };
  if (clearance && !(await ctx.gate.begin(clearance.clearanceId, workSessionId))) {
    // Something of the clearance went missing meanwhile: the chip hears of nothing, and it is decided again.
    await withdrawGrant(ctx.db, workSessionId, new Date(ctx.clock.nowMs()));
    return { outcome: "overtaken" };
  }
  return { outcome: "grant", workSessionId, command };
}

/** The clearance that the start is under, with the law's word about its permit; null outside of key areas. */
async function withLaw(
  { gate }: StartContext,
  facts: StartFacts,
  nowMs: number,
): Promise<ClearanceFacts | null> {
  const { clearance } = facts;
  const isUnder = clearance && facts.keyAreas?.some(({ keyAreaId }) => keyAreaId === clearance.keyAreaId);
  if (!isUnder) return null;
  const law = clearance.isReadyToStart ? await gate.lawAtStart(clearance.clearanceId, nowMs) : undefined;
  if (law) facts.clearance = { ...clearance, law };
  return clearance;
}
