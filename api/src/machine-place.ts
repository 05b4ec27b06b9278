import { keyAreaKinds } from "@hanyouxu/rules";
import { z } from "zod";

/** inside: surely within the key area; unsure: neither satellites nor a sign tell. Outside is what is not listed. */
export const placeState = z.enum(["inside", "unsure"]);
/** How it is known: by satellites, by a sign that somebody scanned at the place, by the word of staff. */
export const placeMethod = z.enum(["gps", "sign", "person"]);

/** A key area that a machine is in, or may be in. */
export const machinePlace = z
  .object({
    keyAreaId: z.uuid(),
    name: z.string(),
    kind: z.enum(keyAreaKinds),
    state: placeState,
    since: z.iso.datetime(),
    method: placeMethod,
    /** As a scanned sign says it. */
    floor: z.string().nullable(),
    /** The last satellite fix that was believed. */
    lastFixAt: z.iso.datetime().nullable(),
    /** Work that was carried in strikes no new arc from then on. */
    stopDueAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "MachinePlace" });
export type MachinePlace = z.infer<typeof machinePlace>;
