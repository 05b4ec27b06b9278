import { machineLifeRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireMachine } from "../machines/machines.ts";
import { requireReceiver, requireRegistrar } from "./policy.ts";
import { countTransfers, selectTransfers } from "./transfer-queries.ts";
import {
  acceptTransfer,
  endTransfer,
  offerTransfer,
  requireReceivingSide,
  requireTransfer,
  transferOf,
} from "./transfers.ts";

export function registerTransfers(server: FastifyInstance, ctx: AppContext): void {
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
