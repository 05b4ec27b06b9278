/**
 * The letters of GB/T 10249 (电焊机型号编制方法): first the class, then the kind within it, then notes, then a digit of
 * the series. Source: knowledge of the trade. The text and the tables of the standard's annex have not been read by us,
 * so every row is unverified; rows marked "earlier" or "trade" are letters in use on nameplates that, as far as known,
 * are of earlier editions or of makers' habit.
 */
import type { WeldingProcess } from "../process.ts";
import type { MachineEquipment, OutputCharacteristic, OutputCurrent, PowerCircuit } from "./machine-model.ts";

interface ModelKind {
  process: WeldingProcess | null;
  characteristic?: OutputCharacteristic;
  /** What the number after the hyphen is; amperes unless told. */
  rating?: "kva" | "joules";
  /** Parts of a machine that have a designation of their own. */
  isNoMachine?: true;
  /** A kind only with a note behind it. */
  needsNote?: true;
}

/** What a note letter changes. */
interface ModelNote {
  output?: OutputCurrent;
  supply?: "engine";
  /** Only of plasma: a cutter on air is a cutter all the same. */
  rating?: "joules";
}

export interface ModelClass {
  equipment: MachineEquipment;
  output: OutputCurrent | null;
  kinds: Readonly<Record<string, ModelKind>>;
  notes: Readonly<Record<string, ModelNote>>;
  /** By digit; absent: any digit, and it tells nothing that the platform uses. */
  series?: Readonly<Record<string, PowerCircuit | null>>;
  /** The power circuit without a digit. */
  plainCircuit?: PowerCircuit;
}

const drooping = { process: "SMAW", characteristic: "drooping" } as const;

const resistanceKinds: ModelClass["kinds"] = {
  N: { process: "RW", rating: "kva" },
  R: { process: "RW", rating: "joules" },
  J: { process: "RW", rating: "kva" },
  Z: { process: "RW", rating: "kva" },
  D: { process: "RW", rating: "kva" },
  B: { process: "RW", rating: "kva" },
};

function resistance(kinds: ModelClass["kinds"], notes: string): ModelClass {
  return {
    equipment: "resistance",
    output: null,
    kinds: { ...resistanceKinds, ...kinds },
    notes: Object.fromEntries([...notes].map((letter) => [letter, {}])),
  };
}

export const modelClasses: Readonly<Record<string, ModelClass>> = {
  A: {
    equipment: "arc-generator",
    output: "dc",
    kinds: {
      X: drooping,
      // A flat source feeds wire; which wire, the designation does not say.
      P: { process: null, characteristic: "flat" },
      D: { process: null, characteristic: "multiple" },
    },
    notes: {
      D: {},
      Q: { supply: "engine" },
      C: { supply: "engine" },
      T: { supply: "engine" },
      H: { supply: "engine" },
    },
    series: { 1: null, 2: null, 3: null, 4: null, 7: null },
  },
  Z: {
    equipment: "arc-rectifier",
    output: "dc",
    kinds: {
      X: drooping,
      P: { process: "GMAW", characteristic: "flat" },
      D: { process: null, characteristic: "multiple" },
    },
    // G: silicon rectifier, earlier.
    notes: { M: { output: "pulsed-dc" }, L: {}, E: { output: "ac-dc" }, G: {}, K: {} },
    series: {
      1: "moving-core",
      3: "moving-coil",
      4: "transistor",
      5: "thyristor",
      6: "tapped",
      7: "inverter",
    },
    plainCircuit: "magnetic-amplifier",
  },
  B: {
    equipment: "arc-transformer",
    output: "ac",
    kinds: { X: drooping, P: { process: "SAW", characteristic: "flat" } },
    notes: { L: {} },
    series: { 1: "moving-core", 2: "series-reactor", 3: "moving-coil", 5: "thyristor", 6: "tapped" },
    plainCircuit: "magnetic-amplifier",
  },
  M: {
    equipment: "submerged-arc",
    output: "dc",
    kinds: { Z: { process: "SAW" }, B: { process: "SAW" }, U: { process: "SAW" }, D: { process: "SAW" } },
    notes: { J: { output: "ac" }, E: { output: "ac-dc" }, M: { output: "pulsed-dc" }, C: {} },
  },
  N: {
    equipment: "gas-metal-arc",
    output: "dc",
    kinds: {
      Z: { process: "GMAW" },
      B: { process: "GMAW" },
      D: { process: "GMAW" },
      U: { process: "GMAW" },
      G: { process: null },
      // Tungsten by hand, earlier.
      S: { process: "GTAW" },
    },
    // A: argon, earlier.
    notes: { M: { output: "pulsed-dc" }, C: {}, A: {} },
  },
  W: {
    equipment: "gas-tungsten-arc",
    output: "dc",
    kinds: {
      Z: { process: "GTAW" },
      S: { process: "GTAW" },
      D: { process: "GTAW" },
      Q: { process: "GTAW" },
    },
    notes: { J: { output: "ac" }, E: { output: "ac-dc" }, M: { output: "pulsed-dc" } },
  },
  L: {
    equipment: "plasma",
    output: "dc",
    kinds: {
      G: { process: "PAC" },
      H: { process: "PAW" },
      U: { process: "PAW" },
      D: { process: null },
    },
    notes: {
      R: {},
      M: { output: "pulsed-dc" },
      J: { output: "ac" },
      S: {},
      F: {},
      E: {},
      K: {},
    },
  },
  H: {
    equipment: "electroslag",
    output: null,
    kinds: { S: { process: null }, B: { process: null }, D: { process: null }, R: { process: null } },
    notes: {},
  },
  // T N: spot and projection in one machine, trade.
  D: resistance({ T: { process: "RW", rating: "kva", needsNote: true } }, "KWN"),
  T: resistance({}, ""),
  F: resistance({}, "YP"),
  U: resistance({}, "BYGCTS"),
  K: {
    equipment: "resistance",
    output: null,
    kinds: {
      D: { process: null, isNoMachine: true },
      F: { process: null, isNoMachine: true },
      T: { process: null, isNoMachine: true },
      U: { process: null, isNoMachine: true },
    },
    notes: { F: {}, Z: {} },
  },
  R: {
    equipment: "stud",
    output: "dc",
    kinds: { Z: { process: null }, S: { process: null } },
    notes: { M: {}, N: {}, R: { rating: "joules" } },
  },
  C: {
    equipment: "friction",
    output: null,
    kinds: { C: { process: null }, Z: { process: null } },
    notes: {},
  },
  E: {
    equipment: "electron-beam",
    output: null,
    kinds: { Z: { process: null }, D: { process: null }, B: { process: null }, W: { process: null } },
    notes: { Y: {} },
  },
  G: {
    equipment: "light-beam",
    output: null,
    kinds: { S: { process: null }, J: { process: null } },
    notes: { Q: {}, Y: {} },
  },
  S: {
    equipment: "ultrasonic",
    output: null,
    kinds: { D: { process: null }, F: { process: null } },
    notes: { G: {} },
  },
  Q: {
    equipment: "brazing",
    output: null,
    kinds: { D: { process: "BRAZING" }, Z: { process: "BRAZING" } },
    notes: {},
  },
};
