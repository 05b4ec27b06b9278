import type { WeldingProcess } from "../process.ts";

/** What kind of equipment a designation of GB/T 10249 names. */
export type MachineEquipment =
  | "arc-generator"
  | "arc-rectifier"
  | "arc-transformer"
  | "submerged-arc"
  | "gas-metal-arc"
  | "gas-tungsten-arc"
  | "plasma"
  | "electroslag"
  | "resistance"
  | "stud"
  | "friction"
  | "electron-beam"
  | "light-beam"
  | "ultrasonic"
  | "brazing";

/** How the current changes with the arc's length. */
export type OutputCharacteristic = "drooping" | "flat" | "multiple";

export type OutputCurrent = "dc" | "ac" | "ac-dc" | "pulsed-dc";

/** How a rectifier or transformer makes its current: tells where a relay can sit. */
export type PowerCircuit =
  | "magnetic-amplifier"
  | "moving-core"
  | "series-reactor"
  | "moving-coil"
  | "transistor"
  | "thyristor"
  | "tapped"
  | "inverter";

/** A designation in the form of GB/T 10249: letters, series, rating, what the maker added. */
export interface StandardModel {
  kind: "gbt10249";
  /** In one spelling: capital letters, one hyphen before the rating, no spaces: `ZX7-400STG`. */
  designation: string;
  /** As written before the designation, such as a Chinese brand; null when none was. */
  maker: string | null;
  equipment: MachineEquipment;
  /** Null when the designation does not tell or no process of the platform fits. */
  process: WeldingProcess | null;
  /** Null for machines that are rated otherwise. */
  ratedCurrentAmps: number | null;
  /** Of resistance welders on the mains. */
  ratedCapacityKva: number | null;
  /** Of machines that store their energy in capacitors. */
  ratedEnergyJoules: number | null;
  characteristic: OutputCharacteristic | null;
  output: OutputCurrent | null;
  circuit: PowerCircuit | null;
  /** Voltage and phases are in no designation; only whether an engine drives it. */
  supply: "mains" | "engine";
  /** What the maker added after the rating, such as `STG`; it has no common meaning. */
  suffix: string | null;
}

/** A maker's own designation, which does not follow GB/T 10249 and was recognised by its name. */
export interface ForeignModel {
  kind: "foreign";
  designation: string;
  maker: string | null;
  /** The line of products, such as `YD` or `Powermax`. */
  family: string;
  process: WeldingProcess | null;
  ratedCurrentAmps: number | null;
}

export type MachineModel = StandardModel | ForeignModel;

/** Why a text is no designation that the platform knows. */
export type ModelRejection =
  | "empty"
  | "too-long"
  | "characters"
  | "no-rating"
  | "no-hyphen"
  | "class"
  | "note"
  | "series"
  | "rating"
  | "not-a-machine";

export type ParsedModel =
  | { ok: true; value: MachineModel }
  /** `designation`: the text in its one spelling, for counting alike; `suggestion`: what was probably meant. */
  | { ok: false; reason: ModelRejection; designation: string; suggestion: string | null };
