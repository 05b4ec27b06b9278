import { machineLifeRoutes } from "@hanyouxu/api";
import type { MachineId, RegionCode } from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { requireMachine } from "../machines/machines.ts";
import { isWithinRegion, requireSight } from "../sign-in/sign-in.ts";
import { dueInspections, recordInspection } from "./inspections.ts";
import { requireLifeRole, requireReceiver, requireRegistrar, requireStepTaker } from "./policy.ts";
import { findEnterprise, selectFittings, selectOwners } from "./queries.ts";
import { editMachine, registerMachine } from "./register-machine.ts";
import { takeStep } from "./take-step.ts";
import { countTransfers, selectTransfers } from "./transfer-queries.ts";
import {
  acceptTransfer,
  endTransfer,
  offerTransfer,
  requireReceivingSide,
  requireTransfer,
  transferOf,
} from "./transfers.ts";

const OWNERS_AT_ONCE = 20;

export function registerMachineLife(server: FastifyInstance, ctx: AppContext): void {
  registerTransfers(server, ctx);

  handle(server, machineLifeRoutes.findOwners, async (request) => {
    const { scope } = requireRegistrar(request);
    const rows = await selectOwners(ctx.db, scope, request.query.text || undefined, OWNERS_AT_ONCE);
    return {
      owners: rows.map((row) => ({
        enterpriseId: row.enterprise_id,
        name: row.name,
        uscc: row.uscc,
        regionName: row.region_name,
      })),
    };
  });

  handle(server, machineLifeRoutes.registerMachine, async (request) => {
    const { person, scope, requireReach } = requireRegistrar(request);
    const { enterpriseId, region, ...entry } = request.body;
    const owner = await findEnterprise(ctx.db, { enterpriseId });
    if (!owner) throw new AppError("machine.owner_not_found");
    requireReach(owner);
    const regionCode = (region ?? owner.region_code) as RegionCode;
    // Staff place machines within their own regions; a firm's machine may stand wherever the firm works.
    const isOwnFirm = scope.enterprises.includes(owner.enterprise_id);
    if (!scope.everywhere && !isOwnFirm && !scope.regions.some((own) => isWithinRegion(own, regionCode))) {
      throw new AppError("region.out_of_scope");
    }
    return await registerMachine(
      ctx,
      { ...entry, enterpriseId: owner.enterprise_id, regionCode },
      person.personId,
    );
  });

  handle(server, machineLifeRoutes.editMachine, async (request) => {
    const { person, requireReach } = requireRegistrar(request);
    const machine = await requireMachine(ctx, request.params.machineId);
    requireReach(machine);
    const process = await editMachine(ctx, machine.machine_id, request.body, person.personId);
    return { machineId: machine.machine_id, machineCode: machine.machine_code, process };
  });

  handle(server, machineLifeRoutes.takeMachineStep, async (request) => {
    const { step, reason } = request.body;
    const { person, requireReach } = requireStepTaker(request, step);
    const machine = await requireMachine(ctx, request.params.machineId);
    requireReach(machine);
    const machineId = machine.machine_id as MachineId;
    return { status: await takeStep(ctx, { machineId, step, reason, actor: person.personId }) };
  });

  handle(server, machineLifeRoutes.listChipFittings, async (request) => {
    const { requireReach } = requireLifeRole(request);
    const machine = await requireMachine(ctx, request.params.machineId);
    requireReach(machine);
    const rows = await selectFittings(ctx.db, machine.machine_id);
    return {
      fittings: rows.map((row) => ({
        chipId: row.chip_id,
        fittedAt: row.fitted_at.toISOString(),
        removedAt: row.removed_at?.toISOString() ?? null,
        removal: row.removal,
        wasRevoked: row.was_revoked,
      })),
    };
  });

  handle(server, machineLifeRoutes.recordInspection, async (request) => {
    const { person, requireReach } = requireRegistrar(request);
    const machine = await requireMachine(ctx, request.params.machineId);
    requireReach(machine);
    const { machine_id: machineId } = machine;
    await recordInspection(ctx, { machineId, ...request.body, actor: person.personId });
    return null;
  });

  handle(server, machineLifeRoutes.listDueInspections, async (request) => {
    const { scope } = requireSight(request, "machines");
    return await dueInspections(ctx, scope, request.query);
  });
}

function registerTransfers(server: FastifyInstance, ctx: AppContext): void {
  handle(server, machineLifeRoutes.offerTransfer, async (request) => {
    const { person, requireReach } = requireRegistrar(request);
    const machine = await requireMachine(ctx, request.params.machineId);
    requireReach(machine);
    const { machine_id: machineId } = machine;
    const row = await offerTransfer(ctx, { machineId, ...request.body, actor: person.personId });
    return transferOf(row, person);
  });

  handle(server, machineLifeRoutes.listTransfers, async (request) => {
    const { person, scope } = requireRegistrar(request);
    const { page, pageSize, status } = request.query;
    const filter = { scope, status };
    const rows = await selectTransfers(ctx.db, filter, { limit: pageSize, offset: (page - 1) * pageSize });
    const items = rows.map((row) => transferOf(row, person));
    return { items, total: await countTransfers(ctx.db, filter), page, pageSize };
  });

  handle(server, machineLifeRoutes.acceptTransfer, async (request) => {
    const { person } = requireReceiver(request);
    const transfer = await requireTransfer(ctx, request.params.transferId);
    requireReceivingSide(person, transfer);
    await acceptTransfer(ctx, transfer, person.personId);
    return null;
  });

  handle(server, machineLifeRoutes.declineTransfer, async (request) => {
    const { person } = requireReceiver(request);
    const transfer = await requireTransfer(ctx, request.params.transferId);
    requireReceivingSide(person, transfer);
    await endTransfer(ctx, transfer, "declined", person.personId, request.body.reason);
    return null;
  });

  handle(server, machineLifeRoutes.withdrawTransfer, async (request) => {
    const { person, requireReach } = requireRegistrar(request);
    const transfer = await requireTransfer(ctx, request.params.transferId);
    requireReach({ region_code: transfer.from_region, enterprise_id: transfer.from_enterprise_id });
    await endTransfer(ctx, transfer, "withdrawn", person.personId, request.body.reason);
    return null;
  });
}
