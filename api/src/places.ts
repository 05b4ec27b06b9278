import { z } from "zod";
import { bilingual } from "./language.ts";
import { machinePlace } from "./machine-place.ts";
import { reasonBody } from "./machines.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { siteSignCodeInput } from "./site-signs.ts";

export const placeRoutes = {
  scanPlaceSign: defineRoute({
    method: "POST",
    path: "/api/machine-codes/:machineCode/place-sign",
    tag: "places",
    summary:
      "A welder at a machine scans the sign of the key area or floor, where satellites do not tell the place",
    params: z.object({ machineCode: z.string() }),
    body: z.object({
      signCode: siteSignCodeInput,
      position: position.nullable(),
    }),
    answers: { 200: z.object({ keyAreaId: z.uuid(), name: z.string(), floor: z.string().nullable() }) },
    refusals: [401, 403, 404, 409],
  }),
  tellMachinePlace: defineRoute({
    method: "POST",
    path: "/api/machines/:machineId/place",
    tag: "places",
    summary: "Staff say whether a machine is in a key area; it holds while the machine stays, and is audited",
    params: z.object({ machineId: z.uuid() }),
    body: reasonBody.extend({
      keyAreaId: z.uuid(),
      state: z.enum(["inside", "outside"], {
        error: bilingual("请选择在内或在外", "Choose inside or outside"),
      }),
    }),
    answers: { 200: z.object({ places: z.array(machinePlace) }) },
    refusals: [401, 403, 404],
  }),
};
