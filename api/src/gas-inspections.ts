import { z } from "zod";
import { reasonBody } from "./machines.ts";
import { defineRoute } from "./route.ts";

export const gasInspectionRoutes = {
  inspectGasCut: defineRoute({
    method: "POST",
    path: "/api/machines/:machineId/gas-inspection",
    tag: "machines",
    summary:
      "The place was inspected after a gas cut, with what was found; its chip releases the machine once its sensor has seen the gas fall",
    params: z.object({ machineId: z.uuid() }),
    body: reasonBody,
    answers: { 200: z.object({ commandId: z.string() }).meta({ id: "GasInspectionSent" }) },
    refusals: [401, 403, 404, 409],
  }),
};
