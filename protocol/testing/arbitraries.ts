import {
  ANSWER_FRAME_KINDS,
  type AnswerFrame,
  type ChipEvent,
  type ChipId,
  CLOCK_TRUSTS,
  COMMAND_RESULTS,
  type Command,
  type CommandBody,
  type CommandHeader,
  chipIdFromBytes,
  DE_ENERGISE_REASONS,
  type EventDataByKind,
  type EventKind,
  type Fence,
  FIX_KINDS,
  GAS_DEMANDS,
  GAS_SENSOR_CONDITIONS,
  type Grant,
  MAX_CLOCK_MS,
  MAX_FENCE_VERTICES,
  MAX_UINT32,
  PERIPHERALS,
  PICTURE_PURPOSES,
  type Picture,
  RESET_CAUSES,
  type Sample,
  type TelemetryBatch,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import fc from "fast-check";

const record = <Value>(model: { [Key in keyof Value]: fc.Arbitrary<Value[Key]> }): fc.Arbitrary<Value> =>
  fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<Value>;

/** Whole numbers, with the bounds and small values often. */
const between = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
const wide = (max: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.maxSafeNat().map((value) => value % (max + 1)),
    fc.constantFrom(0, Math.min(max, 1e12)),
  );
const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { freq: 4 });

export const bytesOf = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const hexOf = (length: number): fc.Arbitrary<string> =>
  bytesOf(length).map((bytes) => Buffer.from(bytes).toString("hex"));

export const chipId: fc.Arbitrary<ChipId> = bytesOf(10).map(chipIdFromBytes);
const workSessionId = fc.uuid().map((id) => id as WorkSessionId);
const firmware = fc.string({ unit: "grapheme-ascii", maxLength: 32 });
const uint32 = between(0, MAX_UINT32);
const positive = between(1, MAX_UINT32);
const uptimeMs = wide(Number.MAX_SAFE_INTEGER);
const clockMs = wide(MAX_CLOCK_MS);
const chipTime = { boot: positive, uptimeMs, clockMs, clockTrust: fc.constantFrom(...CLOCK_TRUSTS) };
const place = {
  latitudeE7: between(-900_000_000, 900_000_000),
  longitudeE7: between(-1_800_000_000, 1_800_000_000),
};

export const sample: fc.Arbitrary<Sample> = record({
  offsetMs: between(0, 65_535_000),
  position: orNull(record({ ...place, accuracyDecimetres: between(0, 1_000_000) })),
  speedCentimetresPerSecond: orNull(between(0, 65_535)),
  arcCurrentDeciamps: between(0, 65_535),
  voltageDecivolts: between(0, 65_535),
  temperatureDecicelsius: orNull(between(-1000, 10_000)),
  gasLelPermille: orNull(between(0, 10_000)),
  gasRaw: orNull(between(0, 65_535)),
  batteryPercent: orNull(between(0, 100)),
  signalDbm: orNull(between(-200, 0)),
  flags: record({
    relayClosed: fc.boolean(),
    arcOn: fc.boolean(),
    tamperLoopIntact: fc.boolean(),
    moving: fc.boolean(),
    locked: fc.boolean(),
    fix: fc.constantFrom(...FIX_KINDS),
  }),
});

export const telemetry: fc.Arbitrary<TelemetryBatch> = record({
  ...chipTime,
  batch: positive,
  stateVersion: uint32,
  samples: fc.array(sample, { minLength: 1, maxLength: 6 }),
});

const totals = {
  energisedMs: uptimeMs,
  arcMs: uptimeMs,
  arcCount: uint32,
  energyKilojoules: uint32,
  peakDeciamps: between(0, 65_535),
};
const peripheral = fc.constantFrom(...PERIPHERALS);
const raised = fc.boolean();
const gasLelPermille = between(0, 10_000);

const EVENT_DATA: { [Kind in EventKind]: fc.Arbitrary<EventDataByKind[Kind]> } = {
  booted: record({ firmware, resetCause: fc.constantFrom(...RESET_CAUSES) }),
  granted: record({ workSessionId }),
  refused: record({ result: fc.constantFrom(...COMMAND_RESULTS) }),
  energised: record({ workSessionId }),
  "arc-summary": record({ workSessionId, ...totals }),
  "de-energised": record({ workSessionId, reason: fc.constantFrom(...DE_ENERGISE_REASONS), ...totals }),
  tamper: record({ raised }),
  "bypass-suspected": record({ currentDeciamps: between(0, 65_535) }),
  "gas-warning": record({ gasLelPermille, raised }),
  "gas-cut": record({ gasLelPermille }),
  "fence-left": record({ metresOutside: uint32 }),
  "fence-entered": record({ metresInside: uint32 }),
  "clock-stepped": record({ fromMs: clockMs, toMs: clockMs }),
  "power-lost": record({ atUptimeMs: uptimeMs }),
  "offline-start": record({ workSessionId }),
  "peripheral-lost": record({ peripheral, lost: fc.boolean() }),
  locked: record({ locked: fc.boolean() }),
  faulted: record({ faulted: fc.boolean(), peripheral }),
  checkpoint: record({ workSessionId, signature: bytesOf(64) }),
  "gas-sensor": record({
    condition: fc.constantFrom(...GAS_SENSOR_CONDITIONS),
    raised,
    forSeconds: uint32,
  }),
  "gas-inspected": record({ cutBoot: positive, cutSeq: positive }),
  "energy-unaccounted": record({ wattHours: uint32, overSeconds: uint32 }),
};

export const event: fc.Arbitrary<ChipEvent> = fc
  .constantFrom(...(Object.keys(EVENT_DATA) as EventKind[]))
  .chain((kind) =>
    record({
      ...chipTime,
      seq: positive,
      stateVersion: uint32,
      kind: fc.constant(kind),
      data: EVENT_DATA[kind] as fc.Arbitrary<EventDataByKind[EventKind]>,
      previousHash: bytesOf(16),
    }),
  )
  .map((value) => value as ChipEvent);

const answer = {
  ...chipTime,
  commandId: hexOf(8),
  result: fc.constantFrom(...COMMAND_RESULTS),
  stateVersion: uint32,
  relayClosed: fc.boolean(),
};

const answerFrames: { [Kind in (typeof ANSWER_FRAME_KINDS)[number]]: fc.Arbitrary<AnswerFrame> } = {
  answer: record({ kind: fc.constant("answer"), ...answer }),
  postponed: record({ kind: fc.constant("postponed"), ...answer, readyInSeconds: between(1, 65_535) }),
  hello: record({
    kind: fc.constant("hello"),
    ...chipTime,
    nonce: hexOf(8),
    stateVersion: uint32,
    relayClosed: fc.boolean(),
    locked: fc.boolean(),
    lastSeq: uint32,
    firmware,
    configurationVersion: uint32,
    connection: uint32,
  }),
  gone: record({ kind: fc.constant("gone"), boot: positive, connection: uint32 }),
};

export const answerFrame: fc.Arbitrary<AnswerFrame> = fc.oneof(
  ...ANSWER_FRAME_KINDS.map((kind) => answerFrames[kind]),
);

export const picture: fc.Arbitrary<Picture> = record({
  ...chipTime,
  picture: positive,
  camera: between(0, 7),
  purpose: fc.constantFrom(...PICTURE_PURPOSES),
  eventSeq: orNull(positive),
  commandId: orNull(hexOf(8)),
  workSessionId: orNull(workSessionId),
  widthPixels: between(1, 65_535),
  heightPixels: between(1, 65_535),
  sizeBytes: between(1, 262_144),
  sha256: hexOf(32),
});

export const circle: fc.Arbitrary<Fence & { kind: "circle" }> = record({
  kind: fc.constant("circle"),
  ...place,
  radiusMetres: between(1, 65_535),
});
export const polygon: fc.Arbitrary<Fence> = record({
  kind: fc.constant("polygon"),
  vertices: fc.array(record(place), { minLength: 3, maxLength: MAX_FENCE_VERTICES }),
});

const header: fc.Arbitrary<CommandHeader> = record({
  audience: chipId,
  commandId: hexOf(8),
  acceptBySeconds: uint32,
  expectedStateVersion: orNull(uint32),
});

/** @param fence which fences the grants have */
export function grantCommand(fence: fc.Arbitrary<Fence | null>): fc.Arbitrary<Command & Grant> {
  const grant = record({
    kind: fc.constant("grant"),
    workSessionId,
    welderPseudonym: hexOf(8),
    startOffset: between(-65_535, 65_535),
    validSeconds: between(1, 65_535),
    maxEnergisedSeconds: between(1, 65_535),
    idleLimitSeconds: between(1, 65_535),
    fence,
    gasWarningLelPermille: between(0, 250),
    gasCutLelPermille: between(0, 500),
    isWatchHeartbeatRequired: fc.boolean(),
    decisionDigest: hexOf(8),
  });
  return fc.tuple(header, grant).map(([head, { startOffset, ...body }]) => ({
    ...head,
    ...body,
    notBeforeSeconds: head.acceptBySeconds + startOffset,
  }));
}

const configuration = {
  version: positive,
  idleTelemetrySeconds: between(1, 3600),
  workingTelemetrySeconds: between(1, 3600),
  gasWarningLelPermille: between(0, 250),
  gasCutLelPermille: between(0, 500),
  arcGraceSeconds: between(0, 600),
};

const otherBody: fc.Arbitrary<CommandBody> = fc.oneof(
  record({
    kind: fc.constant("revoke"),
    workSessionId,
    reason: fc.constantFrom(...DE_ENERGISE_REASONS),
  }),
  record({ kind: fc.constant("lock"), locked: fc.boolean() }),
  record({ kind: fc.constant("configuration"), ...configuration }),
  record({
    kind: fc.constant("full-configuration"),
    ...configuration,
    gasDemand: fc.constantFrom(...GAS_DEMANDS),
    calibrationIntervalDays: between(0, 3650),
    isOverdueCalibrationRefused: fc.boolean(),
  }),
  record({ kind: fc.constant("gas-inspection"), cutBoot: positive, cutSeq: positive }),
  record({ kind: fc.constant("picture-request"), camera: orNull(between(0, 7)) }),
  record({
    kind: fc.constant("camera-watch"),
    camera: between(0, 7),
    everyMs: between(250, 5000),
    seconds: between(0, 60),
  }),
  record({ kind: fc.constant("acknowledgement"), boot: positive, seq: uint32 }),
  record({ kind: fc.constant("time"), platformMs: clockMs, nonce: hexOf(8) }),
);

export const command: fc.Arbitrary<Command> = fc.oneof(
  grantCommand(orNull(fc.oneof(circle, polygon))),
  fc.tuple(header, otherBody).map(([head, body]) => ({ ...head, ...body })),
);
