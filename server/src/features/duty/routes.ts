import { type FireStationBody, fireStationRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { handle } from "../../http/contract-route.ts";
import { requireScope, requireSight } from "../sign-in/sign-in.ts";
import { selectCandidates } from "./member-queries.ts";
import { requireStation, STATION_MANAGERS, STATION_READERS } from "./policy.ts";
import { registerRosters } from "./roster-routes.ts";
import { countStations, selectStations } from "./station-queries.ts";
import {
  changeStation,
  createStation,
  joinStation,
  leaveStation,
  stationsOf,
  stationWithTeam,
} from "./stations.ts";

export function registerDuty(server: FastifyInstance, ctx: AppContext): void {
  async function shown(fireStationId: string) {
    const [row] = await selectStations(ctx.db, { fireStationId }, 1, 0);
    return await stationWithTeam(ctx, row!);
  }

  handle(server, fireStationRoutes.listFireStations, async (request) => {
    const { scope } = requireSight(request, "alarms", "rows", STATION_READERS);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectStations(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = await stationsOf(ctx, rows);
    return { items, total: await countStations(ctx.db, filter), page, pageSize };
  });

  handle(server, fireStationRoutes.getFireStation, async (request) => {
    const { station } = await requireStation(ctx, request, request.params.fireStationId, STATION_READERS);
    return await stationWithTeam(ctx, station);
  });

  handle(server, fireStationRoutes.createFireStation, async (request) => {
    const { person, scope } = requireSight(request, "alarms", "rows", STATION_MANAGERS);
    const body: FireStationBody = request.body;
    requireScope({ ...scope, enterprises: [] }, body.region);
    return await shown(await createStation(ctx, body, person.personId));
  });

  handle(server, fireStationRoutes.changeFireStation, async (request) => {
    const { fireStationId } = request.params;
    const { person, station } = await requireStation(ctx, request, fireStationId, STATION_MANAGERS);
    // It may not be moved out of the caller's regions.
    const { scope } = requireSight(request, "alarms", "rows", STATION_MANAGERS);
    requireScope({ ...scope, enterprises: [] }, request.body.region);
    await changeStation(ctx, station, request.body, person.personId);
    return await shown(fireStationId);
  });

  handle(server, fireStationRoutes.putStationMember, async (request) => {
    const { fireStationId, personId } = request.params;
    const { person, station } = await requireStation(ctx, request, fireStationId, STATION_MANAGERS);
    await joinStation(ctx, station, personId, request.body, person.personId);
    return null;
  });

  handle(server, fireStationRoutes.removeStationMember, async (request) => {
    const { fireStationId, personId } = request.params;
    const { person, station } = await requireStation(ctx, request, fireStationId, STATION_MANAGERS);
    await leaveStation(ctx, station, personId, person.personId);
    return null;
  });

  handle(server, fireStationRoutes.listStationCandidates, async (request) => {
    const { station } = await requireStation(ctx, request, request.params.fireStationId, STATION_MANAGERS);
    const rows = await selectCandidates(ctx.db, station.region_code);
    return {
      people: rows.map(({ person_id, name_ciphertext }) => ({
        personId: person_id,
        name: maskName(ctx.personalData.open("name", name_ciphertext)),
      })),
    };
  });

  registerRosters(server, ctx);
}
