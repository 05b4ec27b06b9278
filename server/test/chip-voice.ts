import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import {
  type AnswerFrame,
  type ChipEvent,
  type ChipId,
  type CommandResult,
  checkpointToBeSigned,
  chipIdFromSpki,
  EMPTY_FLAGS,
  ES256,
  type EventDataByKind,
  type EventKind,
  encodeAnswerFrame,
  encodeEvent,
  encodeTelemetry,
  eventHash,
  GENESIS_HASH,
  KEY_ID_BYTES,
  type Picture,
  type Sample,
  type SampleFlags,
  signPicture,
  type UplinkChannel,
  type WorkSessionId,
  type WorkTotals,
} from "@hanyouxu/protocol";
import type { UplinkMessage } from "../src/broker/broker.ts";
import { sha256 } from "../src/crypto/sha256.ts";

export const NO_TOTALS: WorkTotals = {
  energisedMs: 0,
  arcMs: 0,
  arcCount: 0,
  energyKilojoules: 0,
  peakDeciamps: 0,
};

export const BLANK_SAMPLE: Sample = {
  offsetMs: 0,
  position: { latitudeE7: 289_000_000, longitudeE7: 1_198_000_000, accuracyDecimetres: 50 },
  speedCentimetresPerSecond: 0,
  arcCurrentDeciamps: 0,
  voltageDecivolts: 700,
  temperatureDecicelsius: 251,
  gasLelPermille: 0,
  gasRaw: 400,
  batteryPercent: 90,
  signalDbm: -70,
  flags: { ...EMPTY_FLAGS, fix: "gnss" },
};

/** What a chip with a key of its own says: real frames, numbered, chained and signed. Its clock is the caller's. */
export class ChipVoice {
  readonly chipId: ChipId;
  readonly spki: Uint8Array;
  readonly #key: KeyObject;
  readonly #nowMs: () => number;
  boot = 1;
  stateVersion = 0;
  relayClosed = false;
  connection = 0;
  /** Added to every frame's time: a chip whose clock is wrong. */
  clockErrorMs = 0;
  clockTrust: "unknown" | "drifting" | "verified" = "verified";
  #seq = 0;
  #batch = 0;
  #bootedAtMs: number;
  #head: Uint8Array = GENESIS_HASH;

  constructor(nowMs: () => number) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#key = privateKey;
    this.spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
    this.chipId = chipIdFromSpki(sha256, this.spki);
    this.#nowMs = nowMs;
    this.#bootedAtMs = nowMs();
  }

  get seq(): number {
    return this.#seq;
  }

  message(channel: UplinkChannel, payload: Uint8Array): UplinkMessage {
    return { chipId: this.chipId, channel, payload, receivedAtMs: this.#nowMs() };
  }

  event<Kind extends EventKind>(kind: Kind, data: EventDataByKind[Kind]): UplinkMessage {
    this.#seq++;
    const event = {
      ...this.time(),
      seq: this.#seq,
      stateVersion: this.stateVersion,
      previousHash: this.#head,
      kind,
      data,
    } as ChipEvent;
    const bytes = encodeEvent(event);
    this.#head = eventHash(sha256, bytes);
    return this.message("e", bytes);
  }

  energised(workSessionId: WorkSessionId): UplinkMessage {
    this.relayClosed = true;
    this.stateVersion++;
    return this.event("energised", { workSessionId });
  }

  deEnergised(
    workSessionId: WorkSessionId,
    totals: Partial<WorkTotals> = {},
    reason: EventDataByKind["de-energised"]["reason"] = "stopped",
  ): UplinkMessage {
    this.relayClosed = false;
    this.stateVersion++;
    return this.event("de-energised", { workSessionId, reason, ...NO_TOTALS, ...totals });
  }

  /** @param isForged signed by another key */
  checkpoint(workSessionId: WorkSessionId, { isForged = false } = {}): UplinkMessage {
    const toBeSigned = checkpointToBeSigned(this.chipId, {
      boot: this.boot,
      seq: this.#seq + 1,
      previousHash: this.#head,
    });
    const key = isForged ? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey : this.#key;
    const signature = new Uint8Array(sign("sha256", toBeSigned, { key, dsaEncoding: "ieee-p1363" }));
    return this.event("checkpoint", { workSessionId, signature });
  }

  telemetry(
    sample: Partial<Omit<Sample, "flags">> & { flags?: Partial<SampleFlags> } = {},
    count = 1,
  ): UplinkMessage {
    this.#batch++;
    const flags = { ...BLANK_SAMPLE.flags, relayClosed: this.relayClosed, ...sample.flags };
    const samples = Array.from({ length: count }, (_, index) => ({
      ...BLANK_SAMPLE,
      ...sample,
      flags,
      offsetMs: (sample.offsetMs ?? 0) + index * 1_000,
    }));
    // The newest sample is of this moment; the batch's time is that of offset 0.
    const time = this.time();
    const sinceMs = samples.at(-1)!.offsetMs;
    return this.message(
      "t",
      encodeTelemetry({
        ...time,
        uptimeMs: Math.max(0, time.uptimeMs - sinceMs),
        clockMs: Math.max(0, time.clockMs - sinceMs),
        batch: this.#batch,
        stateVersion: this.stateVersion,
        samples,
      }),
    );
  }

  hello(changes: Partial<AnswerFrame & { kind: "hello" }> = {}): UplinkMessage {
    this.connection++;
    return this.#answerFrame({
      kind: "hello",
      ...this.time(),
      nonce: "0011223344556677",
      stateVersion: this.stateVersion,
      relayClosed: this.relayClosed,
      locked: false,
      lastSeq: this.#seq,
      firmware: "test-1",
      configurationVersion: 0,
      connection: this.connection,
      ...changes,
    });
  }

  gone(connection = this.connection): UplinkMessage {
    return this.#answerFrame({ kind: "gone", boot: this.boot, connection });
  }

  answer(commandId: string, result: CommandResult): UplinkMessage {
    return this.#answerFrame({ kind: "answer", ...this.#said(commandId, result) });
  }

  postponed(commandId: string, result: CommandResult, readyInSeconds: number): UplinkMessage {
    return this.#answerFrame({ kind: "postponed", ...this.#said(commandId, result), readyInSeconds });
  }

  /** The signed announcement of a picture. @param isForged signed by another key */
  picture(said: Omit<Picture, keyof ReturnType<ChipVoice["time"]>>, { isForged = false } = {}): Uint8Array {
    const key = isForged ? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey : this.#key;
    return signPicture(
      { ...this.time(), ...said },
      {
        algorithm: ES256,
        keyId: sha256(this.spki).slice(0, KEY_ID_BYTES),
        sign: (bytes) => new Uint8Array(sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" })),
      },
    );
  }

  #said(commandId: string, result: CommandResult) {
    const { stateVersion, relayClosed } = this;
    return { ...this.time(), commandId, result, stateVersion, relayClosed };
  }

  /** Power off and on: uptime and numbers begin again, the chain goes on. */
  reboot(): void {
    this.boot++;
    this.#seq = 0;
    this.#batch = 0;
    this.#bootedAtMs = this.#nowMs();
  }

  #answerFrame(frame: AnswerFrame): UplinkMessage {
    return this.message("a", encodeAnswerFrame(frame));
  }

  time() {
    return {
      boot: this.boot,
      uptimeMs: this.#nowMs() - this.#bootedAtMs,
      clockMs: this.clockTrust === "unknown" ? 0 : this.#nowMs() + this.clockErrorMs,
      clockTrust: this.clockTrust,
    };
  }
}
