import { foreignFamilies } from "./foreign-families.ts";
import type { ForeignModel, ModelRejection, ParsedModel, StandardModel } from "./machine-model.ts";
import { type ModelClass, modelClasses } from "./model-classes.ts";
import { LONGEST_MODEL_TEXT, normaliseDesignation } from "./normalise-designation.ts";

type Read<Value> = { ok: true; value: Value } | { ok: false; reason: ModelRejection };

/** Letters, a digit of the series, the rating, what the maker added. `MZ-1-1000` is an older way to write `MZ1-1000`. */
const SHAPE =
  /^([A-Z]{1,4})(?:-?(\d)(?=-))?-(\d{1,5})([A-Z][A-Z0-9]{0,9}|)(-[A-Z0-9]{1,4})?(\/[A-Z0-9]{1,6})?$/;

const RANGES = { amps: [10, 5_000], kva: [1, 1_600], joules: [10, 100_000] } as const;

/**
 * Reads the designation of a welding machine: GB/T 10249 first, then the makers' own that the platform knows.
 * What it does not tell (voltage, phases, duty cycle) is not guessed.
 */
export function parseMachineModel(text: string): ParsedModel {
  if (text.length > LONGEST_MODEL_TEXT) return rejected("too-long", "");
  const { designation, maker, isOdd } = normaliseDesignation(text);
  if (designation === "") return rejected(isOdd || maker ? "characters" : "empty", "");
  if (isOdd) return rejected("characters", designation);
  const standard = readStandard(designation, maker);
  if (standard.ok) return standard;
  const foreign = readForeign(designation, maker);
  if (foreign) return { ok: true, value: foreign };
  return rejected(standard.reason, designation, suggestionFor(designation));
}

function rejected(
  reason: ModelRejection,
  designation: string,
  suggestion: string | null = null,
): ParsedModel {
  return { ok: false, reason, designation, suggestion };
}

function readStandard(designation: string, maker: string | null): Read<StandardModel> {
  const shape = SHAPE.exec(designation);
  if (!shape) return { ok: false, reason: /\d/.test(designation) ? shapeReason(designation) : "no-rating" };
  const [, letters = "", series = "", number = "", ...added] = shape;
  const found = modelClasses[letters[0] ?? ""];
  const kind = found?.kinds[letters[1] ?? ""];
  if (!found || !kind) return { ok: false, reason: "class" };
  if (kind.isNoMachine) return { ok: false, reason: "not-a-machine" };
  const notes = [...letters.slice(2)];
  if (kind.needsNote && notes.length === 0) return { ok: false, reason: "class" };
  if (new Set(notes).size < notes.length) return { ok: false, reason: "note" };
  const told = notes.flatMap((letter) => found.notes[letter] ?? []);
  if (told.length < notes.length) return { ok: false, reason: "note" };
  if (series !== "" && found.series && !Object.hasOwn(found.series, series))
    return { ok: false, reason: "series" };
  const unit = told.find((note) => note.rating)?.rating ?? kind.rating ?? "amps";
  const rating = Number(number);
  const [least, most] = RANGES[unit];
  if (number.startsWith("0") || rating < least || rating > most) return { ok: false, reason: "rating" };
  const suffix = added.map((part) => part ?? "").join("");
  return {
    ok: true,
    value: {
      kind: "gbt10249",
      designation: `${letters}${series}-${number}${suffix}`,
      maker,
      equipment: found.equipment,
      process: kind.process,
      ratedCurrentAmps: unit === "amps" ? rating : null,
      ratedCapacityKva: unit === "kva" ? rating : null,
      ratedEnergyJoules: unit === "joules" ? rating : null,
      characteristic: kind.characteristic ?? null,
      output: outputOf(found, told),
      circuit: series === "" ? (found.plainCircuit ?? null) : (found.series?.[series] ?? null),
      supply: told.some((note) => note.supply === "engine") ? "engine" : "mains",
      suffix: suffix === "" ? null : suffix.replace(/^-/, ""),
    },
  };
}

/** Alternating and direct in one machine says more than its pulses. */
function outputOf(
  found: ModelClass,
  told: readonly { output?: StandardModel["output"] }[],
): StandardModel["output"] {
  const outputs = told.flatMap(({ output }) => output ?? []);
  return outputs.find((output) => output !== "pulsed-dc") ?? outputs[0] ?? found.output;
}

function shapeReason(designation: string): ModelRejection {
  const [first = "", second = ""] = /^[A-Z]{0,4}(?![A-Z])/.exec(designation)?.[0] ?? "";
  if (!modelClasses[first]?.kinds[second]) return "class";
  return /^[A-Z]+\d{2,5}[A-Z]*$/.test(designation) ? "no-hyphen" : "rating";
}

function readForeign(designation: string, maker: string | null): ForeignModel | undefined {
  for (const { family, maker: usual, pattern, process } of foreignFamilies) {
    const match = pattern.exec(designation);
    if (!match) continue;
    const amps = match.groups?.amps;
    return {
      kind: "foreign",
      designation,
      maker: maker ?? usual,
      family,
      process,
      ratedCurrentAmps: amps === undefined ? null : Number(amps),
    };
  }
  return undefined;
}

/** `ZX7400` and `NBC350` without their hyphen: the one way to set it that makes a designation, the usual one first. */
function suggestionFor(designation: string): string | null {
  const match = /^([A-Z]{2,4})(\d)(\d+)([A-Z]*)$/.exec(designation);
  if (!match) return null;
  const [, letters = "", first = "", rest = "", suffix = ""] = match;
  const withSeries = `${letters}${first}-${rest}${suffix}`;
  const without = `${letters}-${first}${rest}${suffix}`;
  const usual = modelClasses[letters[0] ?? ""]?.series ? [withSeries, without] : [without, withSeries];
  return usual.find((candidate) => rest.length > 1 && readStandard(candidate, null).ok) ?? null;
}
