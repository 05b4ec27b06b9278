import { bytesToHex, uuidFromBytes, uuidToBytes } from "../bytes.ts";
import type { CborValue } from "../cbor.ts";
import { type Fields, fixedHex, MAX_CLOCK_MS, MAX_UINT32, numberOf } from "../fields.ts";
import type { WorkSessionId } from "../units.ts";
import { NONCE_BYTES } from "./answer.ts";
import { DE_ENERGISE_REASONS, type DeEnergiseReason, GAS_CUT_POSITION } from "./event-data.ts";
import { GRANT_CODEC, type Grant, MAX_GAS_CUT_LEL_PERMILLE, MAX_GAS_WARNING_LEL_PERMILLE } from "./grant.ts";
import { MAX_CAMERAS } from "./picture.ts";

/** Numbers a region sets for its chips; kept across boots, replaced only by a higher version. */
export interface Configuration {
  version: number;
  idleTelemetrySeconds: number;
  workingTelemetrySeconds: number;
  gasWarningLelPermille: number;
  gasCutLelPermille: number;
  /** After an interlock that stops new arcs (fence, expiry), the arc in hand may go on this long. */
  arcGraceSeconds: number;
}

/** Who may work without a usable gas sensor: everybody; machines that were not fitted with one; nobody. */
export const GAS_DEMANDS = ["none", "when-fitted", "always"] as const;
export type GasDemand = (typeof GAS_DEMANDS)[number];

/** What a region asks of gas sensors. */
export interface GasSensorRules {
  gasDemand: GasDemand;
  /** 0–3650; 0: calibration is not looked at. */
  calibrationIntervalDays: number;
  /** Otherwise an overdue calibration is only told. */
  isOverdueCalibrationRefused: boolean;
}

export interface CommandBodyByKind {
  grant: Grant;
  revoke: { workSessionId: WorkSessionId; reason: DeEnergiseReason };
  lock: { locked: boolean };
  configuration: Configuration;
  acknowledgement: { boot: number; seq: number };
  time: { platformMs: number; nonce: string };
  /** As configuration, with what older chips do not know; they answer "unsupported". */
  "full-configuration": Configuration & GasSensorRules;
  /** The place was inspected after that gas cut; the chip takes it once the gas has cleared. */
  "gas-inspection": { cutBoot: number; cutSeq: number };
  /** One picture now, of one camera or, null, of each. */
  "picture-request": { camera: number | null };
  /** Small pictures of one camera, for who watches: every 250–5,000 ms for 0–60 s from now; 0 ends it. */
  "camera-watch": { camera: number; everyMs: number; seconds: number };
}

export type CommandKind = keyof CommandBodyByKind;

/** @property length how many items follow the header */
export interface BodyCodec<Body> {
  length: number;
  write(body: Body, acceptBySeconds: number): CborValue[];
  read(fields: Fields, acceptBySeconds: number): Body;
}

const CONFIGURATION_CODEC: BodyCodec<Configuration> = {
  length: 6,
  write: (body) => [
    body.version,
    body.idleTelemetrySeconds,
    body.workingTelemetrySeconds,
    body.gasWarningLelPermille,
    body.gasCutLelPermille,
    body.arcGraceSeconds,
  ],
  read: (fields) => ({
    version: fields.integer("configurationVersion", 1, MAX_UINT32),
    idleTelemetrySeconds: fields.integer("idleTelemetrySeconds", 1, 3600),
    workingTelemetrySeconds: fields.integer("workingTelemetrySeconds", 1, 3600),
    gasWarningLelPermille: fields.integer("gasWarningLelPermille", 0, MAX_GAS_WARNING_LEL_PERMILLE),
    gasCutLelPermille: fields.integer("gasCutLelPermille", 0, MAX_GAS_CUT_LEL_PERMILLE),
    arcGraceSeconds: fields.integer("arcGraceSeconds", 0, 600),
  }),
};

/** The order of the keys is the wire number and never changes; kinds of later versions are appended. */
export const BODY_CODECS: { [Kind in CommandKind]: BodyCodec<CommandBodyByKind[Kind]> } = {
  grant: GRANT_CODEC,
  revoke: {
    length: 2,
    write: (body) => [uuidToBytes(body.workSessionId), numberOf(body.reason, DE_ENERGISE_REASONS)],
    read: (fields) => ({
      workSessionId: uuidFromBytes(fields.bytes("workSessionId", 16)) as WorkSessionId,
      reason: fields.oneOf("reason", DE_ENERGISE_REASONS),
    }),
  },
  lock: {
    length: 1,
    write: (body) => [body.locked],
    read: (fields) => ({ locked: fields.boolean("locked") }),
  },
  configuration: CONFIGURATION_CODEC,
  acknowledgement: {
    length: 2,
    write: (body) => [body.boot, body.seq],
    read: (fields) => ({
      boot: fields.integer("boot", 1, MAX_UINT32),
      seq: fields.integer("seq", 0, MAX_UINT32),
    }),
  },
  time: {
    length: 2,
    write: (body) => [body.platformMs, fixedHex(body.nonce, NONCE_BYTES)],
    read: (fields) => ({
      platformMs: fields.integer("platformMs", 0, MAX_CLOCK_MS),
      nonce: bytesToHex(fields.bytes("nonce", NONCE_BYTES)),
    }),
  },
  "full-configuration": {
    length: CONFIGURATION_CODEC.length + 3,
    write: (body, acceptBySeconds) => [
      ...CONFIGURATION_CODEC.write(body, acceptBySeconds),
      numberOf(body.gasDemand, GAS_DEMANDS),
      body.calibrationIntervalDays,
      body.isOverdueCalibrationRefused,
    ],
    read: (fields, acceptBySeconds) => ({
      ...CONFIGURATION_CODEC.read(fields, acceptBySeconds),
      gasDemand: fields.oneOf("gasDemand", GAS_DEMANDS),
      calibrationIntervalDays: fields.integer("calibrationIntervalDays", 0, 3650),
      isOverdueCalibrationRefused: fields.boolean("isOverdueCalibrationRefused"),
    }),
  },
  "gas-inspection": GAS_CUT_POSITION,
  "picture-request": {
    length: 1,
    write: (body) => [body.camera],
    read: (fields) => ({ camera: fields.nullableInteger("camera", 0, MAX_CAMERAS - 1) }),
  },
  "camera-watch": {
    length: 3,
    write: (body) => [body.camera, body.everyMs, body.seconds],
    read: (fields) => ({
      camera: fields.integer("camera", 0, MAX_CAMERAS - 1),
      everyMs: fields.integer("everyMs", 250, 5000),
      seconds: fields.integer("seconds", 0, 60),
    }),
  },
};

export const COMMAND_KINDS = Object.keys(BODY_CODECS) as CommandKind[];
