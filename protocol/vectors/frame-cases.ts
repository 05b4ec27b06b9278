import {
  type AnswerFrame,
  type ChipEvent,
  COMMAND_RESULTS,
  type Command,
  type CommandBody,
  DE_ENERGISE_REASONS,
  type EventDataByKind,
  type EventKind,
  type Fence,
  PICTURE_PURPOSES,
  type Picture,
  type Sample,
  type TelemetryBatch,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import { CHIP } from "./keys.ts";

export const WORK = "0193a5b2-7c4d-7e8f-9a0b-1c2d3e4f5061" as WorkSessionId;
/** 2026-06-01T08:00:00+08:00 */
export const NOON_SECONDS = 1_780_272_000;

export const SAMPLES: Record<string, Sample> = {
  "welding outdoors": {
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
  },
  "nothing known": {
    offsetMs: 0,
    position: null,
    speedCentimetresPerSecond: null,
    arcCurrentDeciamps: 0,
    voltageDecivolts: 0,
    temperatureDecicelsius: null,
    gasLelPermille: null,
    gasRaw: null,
    batteryPercent: null,
    signalDbm: null,
    flags: {
      relayClosed: false,
      arcOn: false,
      tamperLoopIntact: false,
      moving: false,
      locked: false,
      fix: "none",
    },
  },
  "every maximum": {
    offsetMs: 65_535_000,
    position: { latitudeE7: 900_000_000, longitudeE7: 1_800_000_000, accuracyDecimetres: 1_000_000 },
    speedCentimetresPerSecond: 65_535,
    arcCurrentDeciamps: 65_535,
    voltageDecivolts: 65_535,
    temperatureDecicelsius: 10_000,
    gasLelPermille: 10_000,
    gasRaw: 65_535,
    batteryPercent: 100,
    signalDbm: 0,
    flags: {
      relayClosed: true,
      arcOn: true,
      tamperLoopIntact: true,
      moving: true,
      locked: true,
      fix: "last-known",
    },
  },
  "every minimum": {
    offsetMs: 0,
    position: { latitudeE7: -900_000_000, longitudeE7: -1_800_000_000, accuracyDecimetres: 0 },
    speedCentimetresPerSecond: 0,
    arcCurrentDeciamps: 0,
    voltageDecivolts: 0,
    temperatureDecicelsius: -1000,
    gasLelPermille: 0,
    gasRaw: 0,
    batteryPercent: 0,
    signalDbm: -200,
    flags: {
      relayClosed: false,
      arcOn: false,
      tamperLoopIntact: true,
      moving: false,
      locked: false,
      fix: "cell",
    },
  },
};

const chipTime = {
  boot: 7,
  uptimeMs: 12_345_678,
  clockMs: NOON_SECONDS * 1000,
  clockTrust: "verified",
} as const;
const firstBoot = { boot: 1, uptimeMs: 0, clockMs: 0, clockTrust: "unknown" } as const;

const batch: TelemetryBatch = {
  ...chipTime,
  batch: 99,
  stateVersion: 17,
  samples: [SAMPLES["welding outdoors"]!],
};

export const TELEMETRY_CASES: Record<string, TelemetryBatch> = {
  ...Object.fromEntries(
    Object.entries(SAMPLES).map(([name, sample]) => [`one sample: ${name}`, { ...batch, samples: [sample] }]),
  ),
  "six samples": {
    ...batch,
    samples: Array.from({ length: 6 }, (_, index) => ({
      ...SAMPLES["welding outdoors"]!,
      offsetMs: index * 10_000,
    })),
  },
  "a chip's first, with no idea of the time": {
    ...firstBoot,
    batch: 1,
    stateVersion: 0,
    samples: [SAMPLES["nothing known"]!],
  },
  "largest head": {
    boot: 0xffff_ffff,
    uptimeMs: Number.MAX_SAFE_INTEGER,
    clockMs: 4_102_444_800_000,
    clockTrust: "drifting",
    batch: 0xffff_ffff,
    stateVersion: 0xffff_ffff,
    samples: [SAMPLES["every maximum"]!],
  },
};

const totals = {
  energisedMs: 3_600_000,
  arcMs: 1_250_400,
  arcCount: 87,
  energyKilojoules: 6120,
  peakDeciamps: 2015,
};
const previousHash = Uint8Array.from({ length: 16 }, (_, index) => index * 16 + index);

const EVENT_DATA: { [Kind in EventKind]: EventDataByKind[Kind] } = {
  booted: { firmware: "hy-sim 1.0.0", resetCause: "power-on" },
  granted: { workSessionId: WORK },
  refused: { result: "outside-fence" },
  energised: { workSessionId: WORK },
  "arc-summary": { workSessionId: WORK, ...totals },
  "de-energised": { workSessionId: WORK, reason: "stopped", ...totals },
  tamper: { raised: true },
  "bypass-suspected": { currentDeciamps: 640 },
  "gas-warning": { gasLelPermille: 104, raised: true },
  "gas-cut": { gasLelPermille: 260 },
  "fence-left": { metresOutside: 38 },
  "fence-entered": { metresInside: 12 },
  "clock-stepped": { fromMs: NOON_SECONDS * 1000 - 300_000, toMs: NOON_SECONDS * 1000 },
  "power-lost": { atUptimeMs: 12_000_000 },
  "offline-start": { workSessionId: WORK },
  "peripheral-lost": { peripheral: "gas-sensor", lost: true },
  locked: { locked: true },
  faulted: { faulted: true, peripheral: "current-sensor" },
  checkpoint: { workSessionId: WORK, signature: new Uint8Array(64).fill(0xd7) },
  "gas-sensor": { condition: "stuck", raised: true, forSeconds: 600 },
  "gas-inspected": { cutBoot: 7, cutSeq: 41 },
  "energy-unaccounted": { wattHours: 83, overSeconds: 60 },
};

const eventOf = (kind: EventKind, data: EventDataByKind[EventKind] = EVENT_DATA[kind]): ChipEvent =>
  ({ ...chipTime, seq: 42, stateVersion: 17, kind, data, previousHash }) as ChipEvent;

export const EVENT_CASES: Record<string, ChipEvent> = {
  ...Object.fromEntries((Object.keys(EVENT_DATA) as EventKind[]).map((kind) => [kind, eventOf(kind)])),
  ...Object.fromEntries(
    DE_ENERGISE_REASONS.map((reason) => [
      `de-energised: ${reason}`,
      eventOf("de-energised", { workSessionId: WORK, reason, ...totals }),
    ]),
  ),
  "a chip's first": {
    ...firstBoot,
    seq: 1,
    stateVersion: 0,
    kind: "booted",
    data: { firmware: "", resetCause: "brown-out" },
    previousHash: new Uint8Array(16),
  },
  "a hash full of array heads": {
    ...eventOf("tamper"),
    previousHash: new Uint8Array(16).fill(0x81),
  } as ChipEvent,
};

export const ANSWER_CASES: Record<string, AnswerFrame> = {
  ...Object.fromEntries(
    COMMAND_RESULTS.map((result): [string, AnswerFrame] => [
      `answer: ${result}`,
      {
        kind: "answer",
        ...chipTime,
        commandId: "00112233445566ff",
        result,
        stateVersion: 18,
        relayClosed: result === "accepted",
      },
    ]),
  ),
  hello: {
    kind: "hello",
    ...chipTime,
    nonce: "8899aabbccddeeff",
    stateVersion: 17,
    relayClosed: false,
    locked: true,
    lastSeq: 42,
    firmware: "hy-sim 1.0.0",
    configurationVersion: 3,
    connection: 5,
  },
  "hello, the first of a chip's life": {
    kind: "hello",
    ...firstBoot,
    nonce: "0000000000000000",
    stateVersion: 0,
    relayClosed: false,
    locked: false,
    lastSeq: 0,
    firmware: "",
    configurationVersion: 0,
    connection: 0,
  },
  gone: { kind: "gone", boot: 7, connection: 5 },
  "postponed: the gas sensor warms up": {
    kind: "postponed",
    ...chipTime,
    commandId: "00112233445566ff",
    result: "gas-warming-up",
    stateVersion: 18,
    relayClosed: false,
    readyInSeconds: 95,
  },
};

export const CIRCLE: Fence = {
  kind: "circle",
  latitudeE7: 288_912_345,
  longitudeE7: 1_198_123_456,
  radiusMetres: 200,
};
const polygonOf = (count: number): Fence => ({
  kind: "polygon",
  vertices: Array.from({ length: count }, (_, index) => ({
    latitudeE7: 288_912_345 + Math.round(20_000 * Math.sin((index / count) * 2 * Math.PI)),
    longitudeE7: 1_198_123_456 + Math.round(20_000 * Math.cos((index / count) * 2 * Math.PI)),
  })),
});

const header = {
  audience: CHIP,
  commandId: "00112233445566ff",
  acceptBySeconds: NOON_SECONDS + 30,
  expectedStateVersion: 17,
};

export const GRANT: Command & { kind: "grant" } = {
  ...header,
  kind: "grant",
  workSessionId: WORK,
  welderPseudonym: "a1b2c3d4e5f60718",
  notBeforeSeconds: NOON_SECONDS,
  validSeconds: 28_800,
  maxEnergisedSeconds: 14_400,
  idleLimitSeconds: 1800,
  fence: CIRCLE,
  gasWarningLelPermille: 100,
  gasCutLelPermille: 250,
  isWatchHeartbeatRequired: false,
  decisionDigest: "0f1e2d3c4b5a6978",
};

const commandOf = (body: CommandBody, expectedStateVersion: number | null = null): Command => ({
  ...header,
  expectedStateVersion,
  ...body,
});

export const COMMAND_CASES: Record<string, Command> = {
  "grant with a circle": GRANT,
  "grant with a triangle": { ...GRANT, fence: polygonOf(3) },
  "grant with the most vertices": { ...GRANT, fence: polygonOf(24) },
  "grant without a fence, watch required": { ...GRANT, fence: null, isWatchHeartbeatRequired: true },
  "grant with every maximum": {
    ...GRANT,
    acceptBySeconds: 0xffff_ffff,
    expectedStateVersion: 0xffff_ffff,
    notBeforeSeconds: 0xffff_ffff - 65_535,
    validSeconds: 65_535,
    maxEnergisedSeconds: 65_535,
    idleLimitSeconds: 65_535,
    fence: { kind: "circle", latitudeE7: -900_000_000, longitudeE7: 1_800_000_000, radiusMetres: 65_535 },
    gasWarningLelPermille: 250,
    gasCutLelPermille: 500,
    isWatchHeartbeatRequired: true,
  },
  revoke: commandOf({ kind: "revoke", workSessionId: WORK, reason: "stopped" }),
  lock: commandOf({ kind: "lock", locked: true }),
  unlock: commandOf({ kind: "lock", locked: false }, 21),
  configuration: commandOf({
    kind: "configuration",
    version: 4,
    idleTelemetrySeconds: 300,
    workingTelemetrySeconds: 10,
    gasWarningLelPermille: 100,
    gasCutLelPermille: 250,
    arcGraceSeconds: 60,
  }),
  "full configuration": commandOf({
    kind: "full-configuration",
    version: 5,
    idleTelemetrySeconds: 300,
    workingTelemetrySeconds: 10,
    gasWarningLelPermille: 100,
    gasCutLelPermille: 250,
    arcGraceSeconds: 60,
    gasDemand: "when-fitted",
    calibrationIntervalDays: 365,
    isOverdueCalibrationRefused: true,
  }),
  "picture request": commandOf({ kind: "picture-request", camera: 2 }),
  "picture request to every camera": commandOf({ kind: "picture-request", camera: null }),
  "camera watch": commandOf({ kind: "camera-watch", camera: 0, everyMs: 500, seconds: 15 }),
  "camera watch, ended": commandOf({ kind: "camera-watch", camera: 0, everyMs: 500, seconds: 0 }),
  "gas inspection": commandOf({ kind: "gas-inspection", cutBoot: 7, cutSeq: 41 }),
  acknowledgement: commandOf({ kind: "acknowledgement", boot: 7, seq: 42 }),
  time: commandOf({ kind: "time", platformMs: NOON_SECONDS * 1000 + 123, nonce: "8899aabbccddeeff" }),
};

const taken: Picture = {
  ...chipTime,
  picture: 31,
  camera: 0,
  purpose: "interval",
  eventSeq: null,
  commandId: null,
  workSessionId: WORK,
  widthPixels: 640,
  heightPixels: 480,
  sizeBytes: 18_432,
  sha256: "00112233445566778899aabbccddeeff".repeat(2),
};

export const PICTURE_CASES: Record<string, Picture> = {
  ...Object.fromEntries(PICTURE_PURPOSES.map((purpose) => [`picture: ${purpose}`, { ...taken, purpose }])),
  "picture of an alarm, by the third camera": {
    ...taken,
    camera: 2,
    purpose: "alarm",
    eventSeq: 42,
  },
  "picture that was asked for": { ...taken, purpose: "request", commandId: "00112233445566ff" },
  "picture with no idea of the time": { ...taken, ...firstBoot, picture: 1, workSessionId: null },
  "picture with every maximum": {
    ...taken,
    boot: 0xffff_ffff,
    uptimeMs: Number.MAX_SAFE_INTEGER,
    clockMs: 4_102_444_800_000,
    picture: 0xffff_ffff,
    camera: 7,
    eventSeq: 0xffff_ffff,
    widthPixels: 65_535,
    heightPixels: 65_535,
    sizeBytes: 262_144,
  },
};
