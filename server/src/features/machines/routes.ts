import { machineRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { openGasCutOf } from "../gas-inspections/gas-inspections.ts";
import { authenticCode, whyNoMachine } from "../labels/labels.ts";
import { isOverdue, mayKeepRegister, openSteps } from "../machine-life/machine-life.ts";
import { machinePlacesOf, mayTellPlace } from "../places/places.ts";
import {
  isInScope,
  requireCommand,
  requireRole,
  requireScope,
  requireSight,
  type Scope,
  sightOf,
} from "../sign-in/sign-in.ts";
import { welderOf } from "../welders/welders.ts";
import { selectWorkSessions, workSessionOf } from "../work-sessions/work-sessions.ts";
import { playBackMachine } from "./machine-playback.ts";
import {
  countMachines,
  machineOf,
  onlineSince,
  readingsOf,
  requireMachine,
  selectMachines,
  setLock,
  stateOfRow,
  stopMachine,
} from "./machines.ts";
import { timelineOf } from "./timeline.ts";

export function registerMachines(server: FastifyInstance, ctx: AppContext): void {
  /** The machine, for a person within whose reach it lies: a firm its own, staff those of their regions. */
  async function reachableMachine(request: FastifyRequest, machineId: string) {
    const { person, scope } = requireSight(request, "machines");
    const machine = await requireMachine(ctx, machineId);
    requireScope(scope, machine.region_code, machine.enterprise_id);
    const isSeen = (within: Scope) => isInScope(within, machine.region_code, machine.enterprise_id);
    return { machine, person, isSeen };
  }

  async function commandedMachine(request: FastifyRequest, machineId: string) {
    const { person, scope } = requireCommand(request);
    const machine = await requireMachine(ctx, machineId);
    requireScope(scope, machine.region_code, machine.enterprise_id);
    return { machine, actor: person.personId };
  }

  handle(server, machineRoutes.listMachines, async (request) => {
    const { scope } = requireSight(request, "machines");
    const { page, pageSize, sort, state, isAtWork, ...query } = request.query;
    const nowMs = ctx.clock.nowMs();
    const inState = state && { state: { is: state, heardSince: onlineSince(nowMs) } };
    const atWork = isAtWork !== undefined && { work: { isAtWork, heardSince: onlineSince(nowMs) } };
    const filter = { ...query, ...inState, ...atWork, scope };
    const part = { limit: pageSize, offset: (page - 1) * pageSize };
    const rows = await selectMachines(ctx.db, filter, sort, part);
    const items = rows.map((row) => machineOf(row, nowMs));
    return { items, total: await countMachines(ctx.db, filter), page, pageSize };
  });

  handle(server, machineRoutes.getMachine, async (request) => {
    const { machine, person, isSeen } = await reachableMachine(request, request.params.machineId);
    const isNamed = isSeen(sightOf(person, "people"));
    const [session] =
      machine.work_session_id && isSeen(sightOf(person, "sessions"))
        ? await selectWorkSessions(ctx.db, { workSessionId: machine.work_session_id }, 1, 0)
        : [];
    return {
      ...machineOf(machine, ctx.clock.nowMs()),
      chipId: machine.chip_id,
      readings: isSeen(sightOf(person, "readings")) ? readingsOf(machine) : null,
      places: isSeen(sightOf(person, "readings")) ? await machinePlacesOf(ctx, machine.machine_id) : null,
      mayTellPlace: mayTellPlace(person, machine.region_code),
      workSession: session ? workSessionOf(ctx, session, { isNamed }) : null,
      openGasCut: isSeen(sightOf(person, "alarms")) ? await openGasCutOf(ctx, machine.chip_id) : null,
      serialNumber: machine.serial_number,
      inspectedOn: machine.inspected_on,
      inspectionDueOn: machine.inspection_due_on,
      isInspectionOverdue: isOverdue(machine.inspection_due_on, ctx.clock.nowMs()),
      lockOrderId: machine.lock_order_id,
      steps: openSteps(person, machine),
      mayEdit: machine.status !== "scrapped" && mayKeepRegister(person, machine),
    };
  });

  handle(server, machineRoutes.getMachineTimeline, async (request) => {
    const { machine, person, isSeen } = await reachableMachine(request, request.params.machineId);
    const before = request.query.before ? new Date(request.query.before) : new Date(ctx.clock.nowMs() + 1);
    const sight = {
      events: isSeen(sightOf(person, "alarms")),
      decisions: isSeen(sightOf(person, "decisions")),
      sessions: isSeen(sightOf(person, "sessions")),
      people: isSeen(sightOf(person, "people")),
    };
    return { entries: await timelineOf(ctx, machine.machine_id, before, request.query.limit, sight) };
  });

  handle(server, machineRoutes.playBackMachine, async (request) => {
    const { person, scope } = requireSight(request, "readings");
    const machine = await requireMachine(ctx, request.params.machineId);
    requireScope(scope, machine.region_code, machine.enterprise_id);
    const { from, to } = request.query;
    const playback = await playBackMachine(ctx, machine.machine_id, new Date(from), new Date(to));
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "machine.played-back",
      subject: `machine:${machine.machine_id}`,
      details: { from, to, samples: playback.measured },
    });
    return playback;
  });

  handle(server, machineRoutes.getMachineSheet, async (request) => {
    const person = requireRole(request, "welder");
    const welderId = await welderOf(ctx, person);
    const machineCode = await authenticCode(ctx, request.params.machineCode, person.personId);
    const [machine] = await selectMachines(ctx.db, { machineCode });
    if (!machine) throw await whyNoMachine(ctx, machineCode, person.personId);
    const isOwn = machine.welder_id === welderId;
    return {
      machineId: machine.machine_id,
      machineCode: machine.machine_code,
      name: machine.name,
      model: machine.model,
      process: machineOf(machine, ctx.clock.nowMs()).process,
      enterpriseName: machine.enterprise_name,
      state: stateOfRow(machine, ctx.clock.nowMs()),
      ownWorkSessionId: isOwn ? machine.work_session_id : null,
      isHeldByOther: machine.work_session_id !== null && !isOwn,
      isInspectionOverdue: isOverdue(machine.inspection_due_on, ctx.clock.nowMs()),
    };
  });

  handle(server, machineRoutes.stopMachine, async (request) => {
    const { machine, actor } = await commandedMachine(request, request.params.machineId);
    return { commandId: await stopMachine(ctx, machine, actor, request.body.reason) };
  });

  handle(server, machineRoutes.lockMachine, async (request) => {
    const { machine, actor } = await commandedMachine(request, request.params.machineId);
    return { commandId: await setLock(ctx, machine, true, actor, request.body.reason) };
  });

  handle(server, machineRoutes.unlockMachine, async (request) => {
    const { machine, actor } = await commandedMachine(request, request.params.machineId);
    return { commandId: await setLock(ctx, machine, false, actor, request.body.reason) };
  });
}
