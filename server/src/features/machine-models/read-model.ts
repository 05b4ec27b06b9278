import type { ModelFacts, ModelLookUp, PlugKind } from "@hanyouxu/api";
import { modelProblems, parseMachineModel } from "@hanyouxu/rules";
import type { selectCatalogue } from "./queries.ts";

export type CatalogueRow = Awaited<ReturnType<typeof selectCatalogue>>[number];

/** What the designation says; what the catalogue says goes before it. */
export function readModel(
  text: string,
  catalogue: ReadonlyMap<string, CatalogueRow>,
): Omit<ModelLookUp, "profile"> {
  const parsed = parseMachineModel(text);
  // Words without a designation are counted as they are written.
  const designation = parsed.ok ? parsed.value.designation : parsed.designation || text.trim();
  const known = catalogue.get(designation);
  const told = parsed.ok ? parsed.value : undefined;
  const facts: ModelFacts = known
    ? {
        process: known.process,
        ratedCurrentAmps: known.rated_current_amps,
        ratedCapacityKva: told?.kind === "gbt10249" ? told.ratedCapacityKva : null,
        supplyPhases: known.supply_phases,
        supplyVolts: known.supply_volts,
        plug: known.plug as PlugKind | null,
        dutyCyclePercent: known.duty_cycle_percent,
        source: known.source,
      }
    : {
        process: told?.process ?? null,
        ratedCurrentAmps: told?.ratedCurrentAmps ?? null,
        ratedCapacityKva: told?.kind === "gbt10249" ? told.ratedCapacityKva : null,
        supplyPhases: null,
        supplyVolts: [],
        plug: null,
        dutyCyclePercent: null,
        source: "parsed",
      };
  return {
    designation,
    maker: told?.maker ?? null,
    standing: told?.kind ?? "unknown",
    problem: parsed.ok || known ? null : modelProblems[parsed.reason],
    suggestion: parsed.ok ? null : parsed.suggestion,
    facts,
  };
}
