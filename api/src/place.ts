import { z } from "zod";
import { bilingual } from "./language.ts";

const outOfRange = bilingual("坐标超出范围（WGS-84 度）", "The coordinate is out of range (WGS-84 degrees)");

/** A WGS-84 position with its radius of uncertainty. */
export const position = z
  .object({
    latitudeDegrees: z.number().min(-90, { error: outOfRange }).max(90, { error: outOfRange }),
    longitudeDegrees: z.number().min(-180, { error: outOfRange }).max(180, { error: outOfRange }),
    accuracyMetres: z.number().min(0).max(100_000),
  })
  .meta({ id: "Position" });
