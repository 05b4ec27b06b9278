import { z } from "zod";

/** What a chip measured at an instant; null where it could not. */
export const playedSample = z
  .object({
    at: z.iso.datetime(),
    /** WGS-84 degrees. */
    place: z.object({ latitudeDegrees: z.number(), longitudeDegrees: z.number() }).nullable(),
    speedMetresPerSecond: z.number().nullable(),
    currentAmps: z.number(),
    temperatureCelsius: z.number().nullable(),
    gasLelPercent: z.number().nullable(),
    relayClosed: z.boolean(),
  })
  .meta({ id: "PlayedSample" });
export type PlayedSample = z.infer<typeof playedSample>;

/** A time of a machine or chip, the oldest first. */
export const playedTime = {
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  samples: z.array(playedSample),
  /** Of how many: of several close together the one with most gas, then most current stands for all. */
  measured: z.int(),
};
