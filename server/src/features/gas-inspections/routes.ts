import { gasInspectionRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireMachine } from "../machines/machines.ts";
import { requireCommand, requireScope } from "../sign-in/sign-in.ts";
import { inspectGasCut } from "./gas-inspections.ts";

export function registerGasInspections(server: FastifyInstance, ctx: AppContext): void {
  handle(server, gasInspectionRoutes.inspectGasCut, async (request) => {
    const { person, scope } = requireCommand(request);
    const machine = await requireMachine(ctx, request.params.machineId);
    requireScope(scope, machine.region_code, machine.enterprise_id);
    return await inspectGasCut(ctx, machine, person.personId, request.body.reason);
  });
}
