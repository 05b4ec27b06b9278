import { type ShownStationCall, stationCallRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { isInScope, type Person, requireScope, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { placeOf, stationCallOf } from "./clearance-view.ts";
import { JUDGE_ROLES } from "./policy.ts";
import { type CallRow, countCalls, selectCalls } from "./station-queries.ts";
import { acceptCall, arriveAtCall, decideCall, requireCall } from "./stations.ts";

export function registerStationCalls(server: FastifyInstance, ctx: AppContext): void {
  function shownCall(person: Person, row: CallRow): ShownStationCall {
    return {
      ...stationCallOf(ctx, row, isInScope(sightOf(person, "people"), row.place_region_code)),
      keyAreaName: row.key_area_name,
      machineName: row.machine_name,
      enterpriseName: row.enterprise_name,
      regionName: row.region_name,
      place: placeOf(row),
      floor: row.floor,
    };
  }

  async function seen(request: Pick<FastifyRequest, "person">, stationCallId: string) {
    const { person, scope } = requireSight(request, "sessions", "rows", JUDGE_ROLES);
    const call = await requireCall(ctx, stationCallId);
    requireScope({ ...scope, enterprises: [] }, call.place_region_code);
    return { person, call };
  }

  async function shown(request: Pick<FastifyRequest, "person">, stationCallId: string) {
    const { person, call } = await seen(request, stationCallId);
    return shownCall(person, call);
  }

  handle(server, stationCallRoutes.listStationCalls, async (request) => {
    const { person, scope } = requireSight(request, "sessions", "rows", JUDGE_ROLES);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectCalls(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => shownCall(person, row));
    return { items, total: await countCalls(ctx.db, filter), page, pageSize };
  });

  handle(
    server,
    stationCallRoutes.getStationCall,
    async (request) => await shown(request, request.params.stationCallId),
  );

  handle(server, stationCallRoutes.acceptStationCall, async (request) => {
    const { person, call } = await seen(request, request.params.stationCallId);
    await acceptCall(ctx, person, call);
    return await shown(request, call.station_call_id);
  });

  handle(server, stationCallRoutes.arriveAtStationCall, async (request) => {
    const { person, call } = await seen(request, request.params.stationCallId);
    await arriveAtCall(ctx, person, call, request.body.position);
    return await shown(request, call.station_call_id);
  });

  handle(server, stationCallRoutes.decideStationCall, async (request) => {
    const { person, call } = await seen(request, request.params.stationCallId);
    await decideCall(ctx, person, call, request.body);
    return await shown(request, call.station_call_id);
  });
}
