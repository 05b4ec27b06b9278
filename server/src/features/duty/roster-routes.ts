import { dutyRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole } from "../sign-in/sign-in.ts";
import { goOffDuty, goOnDuty, handoversOf, ownDutyOf } from "./own-duty.ts";
import { requireStation, STATION_MANAGERS, STATION_READERS } from "./policy.ts";
import { addException, addPattern, endShift, removeException, rosterWeekOf } from "./rosters.ts";

export function registerRosters(server: FastifyInstance, ctx: AppContext): void {
  handle(server, dutyRoutes.getRoster, async (request) => {
    const { fireStationId } = request.params;
    await requireStation(ctx, request, fireStationId, STATION_READERS);
    return await rosterWeekOf(ctx, fireStationId, request.query.day);
  });

  handle(server, dutyRoutes.addRosterShift, async (request) => {
    const { fireStationId } = request.params;
    const { person } = await requireStation(ctx, request, fireStationId, STATION_MANAGERS);
    return { added: await addPattern(ctx, fireStationId, request.body, person.personId) };
  });

  handle(server, dutyRoutes.endRosterShift, async (request) => {
    const { fireStationId, rosterShiftId } = request.params;
    const { person } = await requireStation(ctx, request, fireStationId, STATION_MANAGERS);
    await endShift(ctx, fireStationId, rosterShiftId, person.personId);
    return null;
  });

  handle(server, dutyRoutes.addRosterException, async (request) => {
    const { fireStationId } = request.params;
    const { person } = await requireStation(ctx, request, fireStationId, STATION_MANAGERS);
    return { rosterExceptionId: await addException(ctx, fireStationId, request.body, person.personId) };
  });

  handle(server, dutyRoutes.removeRosterException, async (request) => {
    const { fireStationId, rosterExceptionId } = request.params;
    const { person } = await requireStation(ctx, request, fireStationId, STATION_MANAGERS);
    await removeException(ctx, fireStationId, rosterExceptionId, person.personId);
    return null;
  });

  handle(server, dutyRoutes.listHandovers, async (request) => {
    const { fireStationId } = request.params;
    await requireStation(ctx, request, fireStationId, STATION_READERS);
    return { handovers: await handoversOf(ctx, fireStationId) };
  });

  handle(server, dutyRoutes.getOwnDuty, async (request) => {
    const { personId } = requireRole(request, "station-staff");
    return await ownDutyOf(ctx, personId);
  });

  handle(server, dutyRoutes.goOnDuty, async (request) => {
    const { personId } = requireRole(request, "station-staff");
    await goOnDuty(ctx, personId, request.body.hours);
    return await ownDutyOf(ctx, personId);
  });

  handle(server, dutyRoutes.goOffDuty, async (request) => {
    const { personId } = requireRole(request, "station-staff");
    await goOffDuty(ctx, personId, request.body.note);
    return await ownDutyOf(ctx, personId);
  });
}
