import { regionOrderRoutes } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { onlineSince } from "../machines/machines.ts";
import { isWithinRegion, type Person, requireCommand, requireScope, type Scope } from "../sign-in/sign-in.ts";
import { selectProgressOf, selectReachedMachines } from "./progress-queries.ts";
import { countReach, countRegionOrders, type RegionOrderRow, selectRegionOrders } from "./queries.ts";
import {
  askLift,
  askRegionOrder,
  confirmLift,
  confirmRegionOrder,
  endUnconfirmed,
  refuseLift,
} from "./region-orders.ts";
import { regionOrderOf } from "./view.ts";

/** A firm stops and locks its own machines one by one. */
const AUTHORITIES = ["operator", "regulator", "station-staff"] as const;

interface Caller {
  person: Person;
  scope: Scope;
}

export function registerRegionOrders(server: FastifyInstance, ctx: AppContext): void {
  const commander = (request: FastifyRequest) => requireCommand(request, AUTHORITIES);

  async function shown(caller: Caller, rows: readonly RegionOrderRow[]) {
    const ids = rows.map((row) => row.region_order_id);
    const progress = await selectProgressOf(ctx.db, ids, onlineSince(ctx.clock.nowMs()));
    return rows.map((row) => regionOrderOf(ctx, row, progress.get(row.region_order_id), caller));
  }

  async function visibleOrder(caller: Caller, regionOrderId: string): Promise<RegionOrderRow> {
    const [row] = await selectRegionOrders(ctx.db, { regionOrderId }, 1, 0);
    if (!row) throw new AppError("region_order.not_found");
    const holdsForCaller = caller.scope.regions.some((own) => isWithinRegion(row.region_code, own));
    if (!holdsForCaller) requireScope(caller.scope, row.region_code);
    return row;
  }

  async function shownAgain(caller: Caller, regionOrderId: string) {
    const [order] = await shown(caller, [await visibleOrder(caller, regionOrderId)]);
    return order!;
  }

  async function act(
    request: FastifyRequest & { params: { regionOrderId: string } },
    change: (actor: Person["personId"], order: RegionOrderRow) => Promise<void>,
  ) {
    const caller = commander(request);
    const order = await visibleOrder(caller, request.params.regionOrderId);
    requireScope(caller.scope, order.region_code);
    await change(caller.person.personId, order);
    return await shownAgain(caller, order.region_order_id);
  }

  /** @throws AppError enterprise.not_found where the firm is not of the region */
  async function requireFirm(enterpriseId: string, region: string): Promise<void> {
    const firm = await ctx.db
      .selectFrom("enterprises")
      .select("region_code")
      .where("enterprise_id", "=", enterpriseId as EnterpriseId)
      .executeTakeFirst();
    if (!firm?.region_code.startsWith(region)) throw new AppError("enterprise.not_found");
  }

  handle(server, regionOrderRoutes.listRegionOrders, async (request) => {
    const caller = commander(request);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope: caller.scope };
    const rows = await selectRegionOrders(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const total = await countRegionOrders(ctx.db, filter);
    return { items: await shown(caller, rows), total, page, pageSize };
  });

  handle(server, regionOrderRoutes.getRegionOrder, async (request) =>
    shownAgain(commander(request), request.params.regionOrderId),
  );

  handle(server, regionOrderRoutes.listRegionOrderMachines, async (request) => {
    const caller = commander(request);
    const order = await visibleOrder(caller, request.params.regionOrderId);
    requireScope(caller.scope, order.region_code);
    const { page, pageSize } = request.query;
    const heardSince = onlineSince(ctx.clock.nowMs());
    const part = { limit: pageSize, offset: (page - 1) * pageSize };
    const rows = await selectReachedMachines(ctx.db, order.region_order_id, heardSince, part);
    const progress = await selectProgressOf(ctx.db, [order.region_order_id], heardSince);
    const items = rows.map((row) => ({
      machineId: row.machine_id,
      name: row.name,
      enterpriseName: row.enterprise_name,
      regionName: row.region_name,
      state: row.has_obeyed ? ("obeyed" as const) : row.is_away ? ("away" as const) : ("told" as const),
    }));
    return { items, total: progress.get(order.region_order_id)?.all_machines ?? 0, page, pageSize };
  });

  handle(server, regionOrderRoutes.countRegionOrderReach, async (request) => {
    const { region, enterpriseId } = request.query;
    requireScope(commander(request).scope, region);
    return await countReach(ctx.db, region as RegionCode, (enterpriseId as EnterpriseId | undefined) ?? null);
  });

  handle(server, regionOrderRoutes.askRegionOrder, async (request) => {
    const caller = commander(request);
    const { kind, region, enterpriseId, reason } = request.body;
    requireScope(caller.scope, region);
    if (enterpriseId !== null) await requireFirm(enterpriseId, region);
    const asked = {
      kind,
      reason,
      region: region as RegionCode,
      enterpriseId: enterpriseId as EnterpriseId | null,
    };
    return await shownAgain(caller, await askRegionOrder(ctx, caller.person.personId, asked));
  });

  handle(server, regionOrderRoutes.confirmRegionOrder, (request) =>
    act(request, (actor, order) => confirmRegionOrder(ctx, actor, order)),
  );
  handle(server, regionOrderRoutes.refuseRegionOrder, (request) =>
    act(request, (actor, order) =>
      endUnconfirmed(ctx, actor, order, { status: "refused", reason: request.body.reason }),
    ),
  );
  handle(server, regionOrderRoutes.withdrawRegionOrder, (request) =>
    act(request, (actor, order) =>
      endUnconfirmed(ctx, actor, order, { status: "withdrawn", reason: request.body.reason }),
    ),
  );
  handle(server, regionOrderRoutes.askLift, (request) =>
    act(request, (actor, order) => askLift(ctx, actor, order, request.body.reason)),
  );
  handle(server, regionOrderRoutes.confirmLift, (request) =>
    act(request, (actor, order) => confirmLift(ctx, actor, order)),
  );
  handle(server, regionOrderRoutes.refuseLift, (request) =>
    act(request, (actor, order) => refuseLift(ctx, actor, order, request.body.reason)),
  );
}
