import { profileContent } from "@hanyouxu/api";
import { weldingProcesses } from "@hanyouxu/rules";
import { z } from "zod";
import type { AppContext } from "../../context.ts";
import catalogue from "./catalogue.json" with { type: "json" };
import { insertModels, insertProfiles, selectProfiles } from "./queries.ts";

const seed = z.object({
  profiles: z.array(profileContent.extend({ profileKey: z.string() })),
  models: z.array(
    z.object({
      designation: z.string(),
      process: z.enum(weldingProcesses),
      ratedCurrentAmps: z.number().nullable(),
      supplyPhases: z.number().nullable(),
      supplyVolts: z.array(z.number()),
    }),
  ),
});

/**
 * Puts the platform's own profiles and models into an empty catalogue, and those that a newer version of the platform
 * brings into a filled one. What is there stays: staff have the last word. All of it was made at a desk.
 */
export async function seedCatalogue(ctx: Pick<AppContext, "db" | "clock">): Promise<void> {
  const { profiles, models } = seed.parse(catalogue);
  const present = new Set((await selectProfiles(ctx.db)).map(({ profile_key }) => profile_key));
  const changed_at = new Date(ctx.clock.nowMs());
  const missing = profiles.filter(({ profileKey }) => !present.has(profileKey));
  if (missing.length > 0) {
    await insertProfiles(
      ctx.db,
      missing.map(({ profileKey, ...content }) => ({
        profile_key: profileKey,
        version: 1,
        content: JSON.stringify(content),
        proof: JSON.stringify({ kind: "desk" }),
        changed_at,
        changed_by: null,
        change_reason: "delivered with the platform",
      })),
    );
  }
  await insertModels(
    ctx.db,
    models.map((model) => ({
      designation: model.designation,
      process: model.process,
      rated_current_amps: model.ratedCurrentAmps,
      supply_phases: model.supplyPhases,
      supply_volts: JSON.stringify(model.supplyVolts),
      plug: null,
      duty_cycle_percent: null,
      source: "desk" as const,
      changed_at,
      changed_by: null,
    })),
  );
}
