import {
  bytesToHex,
  type CborValue,
  decodeCbor,
  encodeAnswerFrame,
  encodeCbor,
  encodeCommandPayload,
  encodeEvent,
  encodePicture,
  encodeTelemetry,
  MAX_FRAME_BYTES,
  type RejectionCode,
} from "@hanyouxu/protocol";
import {
  ANSWER_CASES,
  COMMAND_CASES,
  EVENT_CASES,
  GRANT,
  PICTURE_CASES,
  TELEMETRY_CASES,
} from "./frame-cases.ts";

export type FrameName = "telemetry" | "event" | "answer-frame" | "command" | "picture";
export interface InvalidCase {
  name: string;
  frame: FrameName;
  hex: string;
  reason: { code: RejectionCode; field?: string };
}
type Path = readonly number[];

const BASES: Record<string, { frame: FrameName; bytes: Uint8Array }> = {
  telemetry: { frame: "telemetry", bytes: encodeTelemetry(TELEMETRY_CASES["one sample: welding outdoors"]!) },
  event: { frame: "event", bytes: encodeEvent(EVENT_CASES["de-energised"]!) },
  checkpoint: { frame: "event", bytes: encodeEvent(EVENT_CASES.checkpoint!) },
  answer: { frame: "answer-frame", bytes: encodeAnswerFrame(ANSWER_CASES["answer: accepted"]!) },
  hello: { frame: "answer-frame", bytes: encodeAnswerFrame(ANSWER_CASES.hello!) },
  gone: { frame: "answer-frame", bytes: encodeAnswerFrame(ANSWER_CASES.gone!) },
  grant: { frame: "command", bytes: encodeCommandPayload(GRANT) },
  polygon: { frame: "command", bytes: encodeCommandPayload(COMMAND_CASES["grant with a triangle"]!) },
  revoke: { frame: "command", bytes: encodeCommandPayload(COMMAND_CASES.revoke!) },
  configuration: { frame: "command", bytes: encodeCommandPayload(COMMAND_CASES.configuration!) },
  "full configuration": {
    frame: "command",
    bytes: encodeCommandPayload(COMMAND_CASES["full configuration"]!),
  },
  "gas inspection": { frame: "command", bytes: encodeCommandPayload(COMMAND_CASES["gas inspection"]!) },
  "gas-sensor": { frame: "event", bytes: encodeEvent(EVENT_CASES["gas-sensor"]!) },
  postponed: {
    frame: "answer-frame",
    bytes: encodeAnswerFrame(ANSWER_CASES["postponed: the gas sensor warms up"]!),
  },
  acknowledgement: { frame: "command", bytes: encodeCommandPayload(COMMAND_CASES.acknowledgement!) },
  time: { frame: "command", bytes: encodeCommandPayload(COMMAND_CASES.time!) },
  picture: { frame: "picture", bytes: encodePicture(PICTURE_CASES["picture that was asked for"]!) },
  "picture request": { frame: "command", bytes: encodeCommandPayload(COMMAND_CASES["picture request"]!) },
  "camera watch": { frame: "command", bytes: encodeCommandPayload(COMMAND_CASES["camera watch"]!) },
};

/** base, path of the item, its field, and values that are not in its range. */
const OUT_OF_RANGE: [string, Path, string, number[]][] = [
  ["telemetry", [1], "boot", [0, 0x1_0000_0000]],
  ["picture", [1], "boot", [0, 0x1_0000_0000]],
  ["picture", [2], "picture", [0, 0x1_0000_0000]],
  ["picture", [6], "camera", [-1, 8]],
  ["picture", [8], "eventSeq", [0, 0x1_0000_0000]],
  ["picture", [11], "widthPixels", [0, 65_536]],
  ["picture", [12], "heightPixels", [0, 65_536]],
  ["picture", [13], "sizeBytes", [0, 262_145]],
  ["picture request", [6], "camera", [-1, 8]],
  ["camera watch", [6], "camera", [-1, 8]],
  ["camera watch", [7], "everyMs", [249, 5001]],
  ["camera watch", [8], "seconds", [-1, 61]],
  ["telemetry", [2], "batch", [0, 0x1_0000_0000]],
  ["telemetry", [3], "uptimeMs", [-1]],
  ["telemetry", [4], "clockMs", [-1, 4_102_444_800_001]],
  ["telemetry", [6], "stateVersion", [-1, 0x1_0000_0000]],
  ["telemetry", [7, 0, 0], "offsetMs", [-1, 65_535_001]],
  ["telemetry", [7, 0, 1], "latitudeE7", [-900_000_001, 900_000_001]],
  ["telemetry", [7, 0, 2], "longitudeE7", [-1_800_000_001, 1_800_000_001]],
  ["telemetry", [7, 0, 3], "accuracyDecimetres", [-1, 1_000_001]],
  ["telemetry", [7, 0, 4], "speedCentimetresPerSecond", [-1, 65_536]],
  ["telemetry", [7, 0, 5], "arcCurrentDeciamps", [-1, 65_536]],
  ["telemetry", [7, 0, 6], "voltageDecivolts", [-1, 65_536]],
  ["telemetry", [7, 0, 7], "temperatureDecicelsius", [-1001, 10_001]],
  ["telemetry", [7, 0, 8], "gasLelPermille", [-1, 10_001]],
  ["telemetry", [7, 0, 9], "gasRaw", [-1, 65_536]],
  ["telemetry", [7, 0, 10], "batteryPercent", [-1, 101]],
  ["telemetry", [7, 0, 11], "signalDbm", [-201, 1]],
  ["telemetry", [7, 0, 12], "flags", [-1, 128]],
  ["event", [2], "seq", [0, 0x1_0000_0000]],
  ["event", [8, 2], "energisedMs", [-1]],
  ["event", [8, 4], "arcCount", [-1, 0x1_0000_0000]],
  ["event", [8, 6], "peakDeciamps", [-1, 65_536]],
  ["gone", [3], "connection", [-1, 0x1_0000_0000]],
  ["hello", [10], "lastSeq", [-1, 0x1_0000_0000]],
  ["grant", [4], "acceptBySeconds", [-1, 0x1_0000_0000]],
  ["grant", [5], "expectedStateVersion", [-1, 0x1_0000_0000]],
  ["grant", [8], "notBeforeSeconds", [-65_536, 65_536]],
  ["grant", [9], "validSeconds", [0, 65_536]],
  ["grant", [10], "maxEnergisedSeconds", [0, 65_536]],
  ["grant", [11], "idleLimitSeconds", [0, 65_536]],
  ["grant", [12, 0], "latitudeE7", [-900_000_001, 900_000_001]],
  ["grant", [12, 2], "radiusMetres", [0, 65_536]],
  ["grant", [13], "gasWarningLelPermille", [-1, 251]],
  ["grant", [14], "gasCutLelPermille", [-1, 501]],
  ["polygon", [12, 5], "longitudeE7", [-1_800_000_001, 1_800_000_001]],
  ["configuration", [6], "configurationVersion", [0]],
  ["configuration", [7], "idleTelemetrySeconds", [0, 3601]],
  ["configuration", [11], "arcGraceSeconds", [-1, 601]],
  ["full configuration", [13], "calibrationIntervalDays", [-1, 3651]],
  ["gas inspection", [6], "cutBoot", [0, 0x1_0000_0000]],
  ["gas inspection", [7], "cutSeq", [0, 0x1_0000_0000]],
  ["gas-sensor", [8, 2], "forSeconds", [-1, 0x1_0000_0000]],
  ["postponed", [10], "readyInSeconds", [0, 65_536]],
  ["acknowledgement", [6], "boot", [0]],
  ["time", [6], "platformMs", [-1, 4_102_444_800_001]],
];

const UNKNOWN: [string, Path, string, number][] = [
  ["telemetry", [5], "clockTrust", 3],
  ["event", [7], "kind", 22],
  ["event", [8, 1], "reason", 12],
  ["answer", [1], "kind", 4],
  ["answer", [7], "result", 20],
  ["grant", [1], "kind", 10],
  ["picture", [5], "clockTrust", 3],
  ["picture", [7], "purpose", 6],
  ["grant", [1], "kind", -1],
  ["revoke", [7], "reason", 12],
  ["full configuration", [12], "gasDemand", 3],
  ["gas-sensor", [8, 0], "condition", 3],
];

const WRONG_SHAPE: [string, Path, string, CborValue][] = [
  ["telemetry", [1], "boot", "7"],
  ["telemetry", [7], "samples", new Map()],
  ["telemetry", [7, 0], "sample", [1, 2, 3]],
  ["telemetry", [7, 0, 2], "position", null],
  ["telemetry", [7, 0, 5], "arcCurrentDeciamps", null],
  ["event", [7], "kind", "length"],
  ["event", [8], "data", null],
  ["event", [8, 0], "workSessionId", 1],
  ["answer", [1], "kind", "length"],
  ["answer", [9], "relayClosed", 1],
  ["grant", [1], "kind", "length"],
  ["grant", [2], "audience", "abcdefghijklmnop"],
  ["grant", [12], "fence", true],
  ["grant", [15], "isWatchHeartbeatRequired", null],
];

const WRONG_LENGTH: [string, Path, string, CborValue][] = [
  ["telemetry", [7], "samples", []],
  ["event", [9], "previousHash", new Uint8Array(15)],
  ["picture", [9], "commandId", new Uint8Array(7)],
  ["picture", [10], "workSessionId", new Uint8Array(17)],
  ["picture", [14], "sha256", new Uint8Array(31)],
  ["event", [9], "previousHash", new Uint8Array(17)],
  ["checkpoint", [8, 1], "signature", new Uint8Array(63)],
  ["answer", [6], "commandId", new Uint8Array(7)],
  ["hello", [11], "firmware", "x".repeat(33)],
  ["grant", [2], "audience", new Uint8Array(11)],
  ["grant", [6], "workSessionId", new Uint8Array(15)],
  ["grant", [12], "fence", []],
  ["grant", [12], "fence", [1, 2, 3, 4]],
  ["grant", [12], "fence", Array.from({ length: 50 }, () => 0)],
];

function withItem(items: CborValue, path: Path, item: CborValue): CborValue {
  const [index, ...rest] = path;
  if (index === undefined) return item;
  const array = items as readonly CborValue[];
  return array.with(index, withItem(array[index]!, rest, item));
}

function replaced(base: string, path: Path, item: CborValue): { frame: FrameName; hex: string } {
  const { frame, bytes } = BASES[base]!;
  return { frame, hex: bytesToHex(encodeCbor(withItem(decodeCbor(bytes) as CborValue, path, item))) };
}

/** The same frame, its bytes spelled otherwise: all refused as malformed. */
function respelled(hex: string): Record<string, string> {
  const length = Number.parseInt(hex.slice(0, 2), 16) & 0x1f;
  const rest = hex.slice(2);
  const afterVersion = hex.slice(4);
  return {
    "an array head longer than it needs": `98${length.toString(16).padStart(2, "0")}${rest}`,
    "an array of indefinite length": `9f${rest}ff`,
    "a version longer than it needs": `${hex.slice(0, 2)}1801${afterVersion}`,
    "a version as a float": `${hex.slice(0, 2)}f93c00${afterVersion}`,
    "NaN for a version": `${hex.slice(0, 2)}f97e00${afterVersion}`,
    "undefined for a version": `${hex.slice(0, 2)}f7${afterVersion}`,
    "a big integer for a version": `${hex.slice(0, 2)}c24101${afterVersion}`,
    "an integer beyond 2^53 for a version": `${hex.slice(0, 2)}1b0020000000000000${afterVersion}`,
    "a tag in front": `d9d9f7${hex}`,
    "one byte behind": `${hex}00`,
    "itself behind": hex + hex,
  };
}

const NOT_A_FRAME: Record<string, [string, InvalidCase["reason"]]> = {
  "nothing at all": ["", { code: "malformed-cbor" }],
  "an empty array": ["80", { code: "wrong-shape", field: "frame" }],
  "a number": ["01", { code: "wrong-shape", field: "frame" }],
  "a map": ["a10101", { code: "wrong-shape", field: "frame" }],
  "a map that says one key twice": ["a201010102", { code: "malformed-cbor" }],
  "a map with its keys out of order": ["a202010101", { code: "malformed-cbor" }],
  "version 0": ["8800010203040506f6", { code: "wrong-version", field: "version" }],
  "version 2, of another length": ["8202f6", { code: "wrong-version", field: "version" }],
  "a version in text": ["826131f6", { code: "wrong-shape", field: "frame" }],
  "text that is no UTF-8": ["820163eda080", { code: "malformed-cbor" }],
  "nine levels": [`${"81".repeat(9)}00`, { code: "malformed-cbor" }],
  "four thousand levels": [`${"81".repeat(4000)}00`, { code: "malformed-cbor" }],
  "an array that claims 2^32 - 1 items": ["9affffffff", { code: "malformed-cbor" }],
  "a byte string that claims 2^32 - 1 bytes": ["5affffffff", { code: "malformed-cbor" }],
  "a frame of 4097 bytes": [
    `59${(MAX_FRAME_BYTES - 2).toString(16).padStart(4, "0")}${"00".repeat(MAX_FRAME_BYTES - 2)}`,
    { code: "too-large" },
  ],
  JSON: [Buffer.from('{"boot":1}').toString("hex"), { code: "malformed-cbor" }],
};

const FRAMES: FrameName[] = ["telemetry", "event", "answer-frame", "command", "picture"];
const TRUNCATED = ["telemetry", "event", "answer", "hello", "gone", "grant", "picture"];

export function invalidFrames(): InvalidCase[] {
  const cases: InvalidCase[] = [];
  const add = (name: string, frame: FrameName, hex: string, code: RejectionCode, field?: string): void => {
    cases.push({ name, frame, hex, reason: field === undefined ? { code } : { code, field } });
  };
  for (const frame of FRAMES) {
    for (const [name, [hex, reason]] of Object.entries(NOT_A_FRAME)) {
      add(`${frame}: ${name}`, frame, hex, reason.code, reason.field);
    }
  }
  for (const base of TRUNCATED) {
    const { frame, bytes } = BASES[base]!;
    const hex = bytesToHex(bytes);
    for (let length = 1; length < bytes.length; length++) {
      add(`${base} cut to ${length} bytes`, frame, hex.slice(0, length * 2), "malformed-cbor");
    }
    for (const [name, other] of Object.entries(respelled(hex))) {
      add(`${base}: ${name}`, frame, other, "malformed-cbor");
    }
  }
  const replacing = (kind: string, table: [string, Path, string, CborValue][], code: RejectionCode): void => {
    for (const [base, path, field, item] of table) {
      const { frame, hex } = replaced(base, path, item);
      add(`${base}: ${kind} ${field}`, frame, hex, code, field);
    }
  };
  for (const [base, path, field, values] of OUT_OF_RANGE) {
    for (const value of values) {
      const { frame, hex } = replaced(base, path, value);
      add(`${base}: ${field} is ${value}`, frame, hex, "out-of-range", field);
    }
  }
  replacing("unknown", UNKNOWN, "unknown-kind");
  replacing("wrong type of", WRONG_SHAPE, "wrong-shape");
  replacing("wrong length of", WRONG_LENGTH, "out-of-range");
  return cases;
}
