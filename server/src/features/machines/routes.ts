import { machineRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { authenticCode, whyNoMachine } from "../labels/labels.ts";
import { isOverdue, mayKeepRegister, openSteps } from "../machine-life/machine-life.ts";
import { requireRole, requireScope, STAFF_ROLES, scopeOf } from "../sign-in/sign-in.ts";
import { welderOf } from "../welders/welders.ts";
import { selectWorkSessions, workSessionOf } from "../work-sessions/work-sessions.ts";
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
    const person = requireRole(request, ...STAFF_ROLES);
    const machine = await requireMachine(ctx, machineId);
    requireScope(scopeOf(person, ...STAFF_ROLES), machine.region_code, machine.enterprise_id);
    return { machine, actor: person.personId, person };
  }

  handle(server, machineRoutes.listMachines, async (request) => {
    const scope = scopeOf(requireRole(request, ...STAFF_ROLES), ...STAFF_ROLES);
    const { page, pageSize, sort, state, ...query } = request.query;
    const nowMs = ctx.clock.nowMs();
    const inState = state && { state: { is: state, heardSince: onlineSince(nowMs) } };
    const filter = { ...query, ...inState, scope };
    const part = { limit: pageSize, offset: (page - 1) * pageSize };
    const rows = await selectMachines(ctx.db, filter, sort, part);
    const items = rows.map((row) => machineOf(row, nowMs));
    return { items, total: await countMachines(ctx.db, filter), page, pageSize };
  });

  handle(server, machineRoutes.getMachine, async (request) => {
    const { machine, person } = await reachableMachine(request, request.params.machineId);
    const [session] = machine.work_session_id
      ? await selectWorkSessions(ctx.db, { workSessionId: machine.work_session_id }, 1, 0)
      : [];
    return {
      ...machineOf(machine, ctx.clock.nowMs()),
      chipId: machine.chip_id,
      readings: readingsOf(machine),
      workSession: session ? workSessionOf(ctx, session) : null,
      serialNumber: machine.serial_number,
      inspectedOn: machine.inspected_on,
      inspectionDueOn: machine.inspection_due_on,
      isInspectionOverdue: isOverdue(machine.inspection_due_on, ctx.clock.nowMs()),
      steps: openSteps(person, machine),
      mayEdit: machine.status !== "scrapped" && mayKeepRegister(person, machine),
    };
  });

  handle(server, machineRoutes.getMachineTimeline, async (request) => {
    const { machine } = await reachableMachine(request, request.params.machineId);
    const before = request.query.before ? new Date(request.query.before) : new Date(ctx.clock.nowMs() + 1);
    return { entries: await timelineOf(ctx, machine.machine_id, before, request.query.limit) };
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
    const { machine, actor } = await reachableMachine(request, request.params.machineId);
    return { commandId: await stopMachine(ctx, machine, actor, request.body.reason) };
  });

  handle(server, machineRoutes.lockMachine, async (request) => {
    const { machine, actor } = await reachableMachine(request, request.params.machineId);
    return { commandId: await setLock(ctx, machine, true, actor, request.body.reason) };
  });

  handle(server, machineRoutes.unlockMachine, async (request) => {
    const { machine, actor } = await reachableMachine(request, request.params.machineId);
    return { commandId: await setLock(ctx, machine, false, actor, request.body.reason) };
  });
}
