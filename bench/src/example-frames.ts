import type {
  AnswerFrame,
  ChipEvent,
  ChipId,
  Command,
  Sample,
  TelemetryBatch,
  WorkSessionId,
} from "@hanyouxu/protocol";

/** Frames with the values of an ordinary hour's work, for benches that need some content. */
const at = { boot: 12, uptimeMs: 31_536_123, clockMs: 1_780_272_000_000, clockTrust: "verified" } as const;
const workSessionId = "0193a5b2-7c4d-7e8f-9a0b-1c2d3e4f5061" as WorkSessionId;

export const SAMPLE: Sample = {
  offsetMs: 0,
  position: { latitudeE7: 288_912_345, longitudeE7: 1_198_123_456, accuracyDecimetres: 45 },
  speedCentimetresPerSecond: 3,
  arcCurrentDeciamps: 1820,
  voltageDecivolts: 268,
  temperatureDecicelsius: 412,
  gasLelPermille: 12,
  gasRaw: 833,
  batteryPercent: 88,
  signalDbm: -71,
  flags: {
    relayClosed: true,
    arcOn: true,
    tamperLoopIntact: true,
    moving: false,
    locked: false,
    fix: "gnss",
  },
};

export const SAMPLE_BATCH: TelemetryBatch = { ...at, batch: 4711, stateVersion: 905, samples: [SAMPLE] };

export const SIX_SAMPLES: TelemetryBatch = {
  ...SAMPLE_BATCH,
  samples: Array.from({ length: 6 }, (_, index) => ({ ...SAMPLE, offsetMs: index * 10_000 })),
};

export const EVENT: ChipEvent = {
  ...at,
  seq: 42,
  stateVersion: 905,
  kind: "de-energised",
  data: {
    workSessionId,
    reason: "stopped",
    energisedMs: 3_600_000,
    arcMs: 1_250_400,
    arcCount: 87,
    energyKilojoules: 6120,
    peakDeciamps: 2015,
  },
  previousHash: Uint8Array.from({ length: 16 }, (_, index) => index * 17),
};

export const ANSWER: AnswerFrame = {
  kind: "answer",
  ...at,
  commandId: "00112233445566ff",
  result: "accepted",
  stateVersion: 906,
  relayClosed: true,
};

export const HELLO: AnswerFrame = {
  kind: "hello",
  ...at,
  nonce: "8899aabbccddeeff",
  stateVersion: 905,
  relayClosed: false,
  locked: false,
  lastSeq: 42,
  firmware: "hy-node 1.0.0",
  configurationVersion: 3,
  connection: 5,
};

export const GRANT: Command = {
  kind: "grant",
  audience: "abcdefghijklmnop" as ChipId,
  commandId: "00112233445566ff",
  acceptBySeconds: 1_780_272_030,
  expectedStateVersion: 905,
  workSessionId,
  welderPseudonym: "a1b2c3d4e5f60718",
  notBeforeSeconds: 1_780_272_000,
  validSeconds: 28_800,
  maxEnergisedSeconds: 14_400,
  idleLimitSeconds: 1800,
  fence: { kind: "circle", latitudeE7: 288_912_345, longitudeE7: 1_198_123_456, radiusMetres: 200 },
  gasWarningLelPermille: 100,
  gasCutLelPermille: 250,
  isWatchHeartbeatRequired: false,
  decisionDigest: "0f1e2d3c4b5a6978",
};
