import { type MachinePlace, placeRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { authenticCode, whyNoMachine } from "../labels/labels.ts";
import { requireRole, requireScope } from "../sign-in/sign-in.ts";
import { machinePlacesOf } from "./machine-places.ts";
import { requireWitness } from "./policy.ts";
import { selectMachine } from "./queries.ts";
import { placeBySign, placeByStaff } from "./tell-machine-place.ts";

export function registerPlaces(server: FastifyInstance, ctx: AppContext): void {
  handle(server, placeRoutes.scanPlaceSign, async (request) => {
    const { personId } = requireRole(request, "welder");
    const machineCode = await authenticCode(ctx, request.params.machineCode, personId);
    const machine = await selectMachine(ctx.db, { machineCode });
    if (!machine) throw await whyNoMachine(ctx, machineCode, personId);
    const { signCode, position } = request.body;
    const scanned = { machineId: machine.machine_id, signCode, phone: position, by: personId };
    const { area, floor } = await placeBySign(ctx, scanned);
    return { keyAreaId: area.keyAreaId, name: area.name, floor };
  });

  handle(server, placeRoutes.tellMachinePlace, async (request) => {
    const { person, scope } = requireWitness(request);
    const machine = await selectMachine(ctx.db, { machineId: request.params.machineId });
    if (!machine) throw new AppError("machine.not_found");
    requireScope(scope, machine.region_code);
    await placeByStaff(ctx, machine.machine_id, { ...request.body, by: person.personId });
    const places: MachinePlace[] = await machinePlacesOf(ctx, machine.machine_id);
    return { places };
  });
}
