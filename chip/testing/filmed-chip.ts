import {
  type CameraTraits,
  type ChipEffect,
  type ChipInput,
  type ChipPorts,
  type ChipState,
  createChipState,
  nextDueUptimeMs,
  QUIET_READING,
  type Reading,
  step,
} from "@hanyouxu/chip";
import { createChipKeys, es256Verifier, sha256 } from "@hanyouxu/chip/hosts/node";
import { bytesToHex, type CommandBody, type Picture, signCommand } from "@hanyouxu/protocol";
import { seededBytes } from "./fake-chip.ts";

export const FILMED_START_MS = Date.UTC(2026, 8, 1);
const platformKeys = createChipKeys();
const chipKeys = createChipKeys();

export interface FilmedChipOptions {
  /** Undefined: a chip without a camera. */
  traits?: CameraTraits | undefined;
  fitted?: ChipPorts["fitted"];
  seed?: number;
}

/** Whether bytes arrive, and when the chip knows. */
export interface Carried {
  arrives: boolean;
  afterMs: number;
}

/**
 * The bare program with cameras and a link on virtual time: what the cameras give, how fast the link is and when either
 * fails is the test's to play.
 */
export class FilmedChip {
  readonly ports: ChipPorts;
  readonly relay: { closed: boolean; atMs: number }[] = [];
  /** What the platform has, in the order of its arrival. */
  readonly arrived: { picture: Picture; atMs: number }[] = [];
  readonly lastEffects: ChipEffect[] = [];
  state: ChipState = createChipState();
  reading: Reading = { ...QUIET_READING, gas: { lelPermille: 0, raw: 400 } };
  camera: "works" | "dead" | "silent" = "works";
  takesMs = 100;
  sizes = { full: 18_000, small: 6_000 };
  linkBytesPerSecond = 8_000;
  isLinkUp = true;
  /** What becomes of bytes that leave now: by default they arrive at the link's speed, or fail after a second. */
  carry = (bytes: number): Carried =>
    this.isLinkUp
      ? { arrives: true, afterMs: Math.ceil((bytes * 1000) / this.linkBytesPerSecond) }
      : { arrives: false, afterMs: 1_000 };
  sentBytes = 0;
  nowMs = 0;
  #waiting: { atMs: number; input: ChipInput }[] = [];
  readonly #offsets = new Map<number, number>();
  readonly #random;

  constructor({ traits, fitted, seed = 1 }: FilmedChipOptions = {}) {
    this.#random = seededBytes(seed);
    this.ports = {
      chipId: chipKeys.chipId,
      firmware: "filmed",
      fitted: fitted ?? [
        "gnss",
        "current-sensor",
        "gas-sensor",
        "tamper-loop",
        ...(traits ? (["camera"] as const) : []),
      ],
      cameras: traits,
      verifier: es256Verifier([platformKeys.spki]),
      signer: chipKeys.signer,
      sha256,
      random: seededBytes(seed + 1),
    };
    this.feed({ kind: "boot", resetCause: "power-on", rtcMs: FILMED_START_MS });
    this.sense({});
  }

  get heldBytes(): number {
    return (this.state.camera?.kept ?? []).reduce((sum, { picture }) => sum + picture.sizeBytes, 0);
  }

  sense(changes: Partial<Reading>): void {
    this.reading = { ...this.reading, ...changes };
    this.feed({ kind: "reading", uptimeMs: this.nowMs, reading: this.reading });
  }

  order(body: CommandBody): void {
    const header = {
      audience: chipKeys.chipId,
      commandId: bytesToHex(this.#random(8)),
      acceptBySeconds: Math.floor((FILMED_START_MS + this.nowMs) / 1000) + 60,
      expectedStateVersion: null,
    };
    const bytes = signCommand({ ...header, ...body }, platformKeys.signer);
    this.feed({ kind: "downlink", uptimeMs: this.nowMs, bytes });
  }

  /** Closes the relay for an hour. */
  grant(): void {
    const nowSeconds = Math.floor((FILMED_START_MS + this.nowMs) / 1000);
    const workSessionId = "0193a5b2-7c4d-7e8f-9a0b-1c2d3e4f5061" as never;
    this.order({
      kind: "grant",
      workSessionId,
      welderPseudonym: "0011223344556677",
      notBeforeSeconds: nowSeconds - 1,
      validSeconds: 3_600,
      maxEnergisedSeconds: 3_600,
      idleLimitSeconds: 3_600,
      fence: null,
      gasWarningLelPermille: 100,
      gasCutLelPermille: 200,
      isWatchHeartbeatRequired: false,
      decisionDigest: "8899aabbccddeeff",
    });
  }

  /** As a host does: wakes the program when something is due, looks at the sensors once a second. */
  advance(durationMs: number): void {
    const endMs = this.nowMs + durationMs;
    let senseMs = this.nowMs + 1_000;
    for (;;) {
      const [next] = this.#waiting.sort((left, right) => left.atMs - right.atMs);
      const dueMs = Math.max(this.nowMs, nextDueUptimeMs(this.state));
      const atMs = Math.min(next?.atMs ?? endMs, dueMs, senseMs, endMs);
      this.nowMs = Math.max(this.nowMs, atMs);
      if (atMs >= endMs) return;
      if (next && next.atMs <= atMs) {
        this.#waiting.shift();
        this.feed({ ...next.input, uptimeMs: this.nowMs } as ChipInput);
      } else if (senseMs <= atMs) {
        senseMs += 1_000;
        this.sense({});
      } else this.feed({ kind: "tick", uptimeMs: this.nowMs });
    }
  }

  feed(input: ChipInput): void {
    const result = step(this.state, input, this.ports);
    this.state = result.state;
    this.lastEffects.splice(0, this.lastEffects.length, ...result.effects);
    for (const effect of result.effects) this.#perform(effect);
  }

  #perform(effect: ChipEffect): void {
    if (effect.kind === "relay") this.relay.push({ closed: effect.closed, atMs: this.nowMs });
    if (effect.kind === "connect") this.#later(10, { kind: "link-up", uptimeMs: 0 });
    if (effect.kind === "publish" && effect.channel === "e") {
      // The platform has it at once; where the chip's log ends is known from the state.
      const { boot, log } = this.state;
      this.#later(50, this.#acknowledgement(boot, log.lastSeq));
    }
    if (effect.kind === "take-picture" && this.camera !== "silent") {
      const facts =
        this.camera === "dead"
          ? null
          : {
              widthPixels: 640,
              heightPixels: 480,
              sizeBytes: this.sizes[effect.size],
              sha256: "00".repeat(32),
            };
      this.#later(this.takesMs, { kind: "picture-taken", uptimeMs: 0, picture: effect.picture, facts });
    }
    if (effect.kind === "send-picture") this.#send(effect);
  }

  #send({ picture, fromByte, maxBytes }: ChipEffect & { kind: "send-picture" }): void {
    const name = { boot: picture.boot, picture: picture.picture };
    const offset = this.#offsets.get(picture.picture) ?? 0;
    const answer = (afterMs: number, result: Extract<ChipInput, { kind: "picture-sent" }>["result"]) =>
      this.#later(afterMs, { kind: "picture-sent", uptimeMs: 0, name, result });
    const { arrives, afterMs } = this.carry(maxBytes);
    if (!arrives) {
      answer(afterMs, { kind: "failed" });
      return;
    }
    if (offset !== fromByte) {
      answer(100, { kind: "offset", bytes: offset });
      return;
    }
    this.sentBytes += maxBytes;
    this.#offsets.set(picture.picture, offset + maxBytes);
    if (offset + maxBytes < picture.sizeBytes) {
      answer(afterMs, { kind: "offset", bytes: offset + maxBytes });
      return;
    }
    this.arrived.push({ picture, atMs: this.nowMs + afterMs });
    answer(afterMs, { kind: "stored" });
  }

  #acknowledgement(boot: number, seq: number): ChipInput {
    const command = {
      kind: "acknowledgement" as const,
      boot,
      seq,
      audience: chipKeys.chipId,
      commandId: bytesToHex(this.#random(8)),
      acceptBySeconds: 0xffff_ffff,
      expectedStateVersion: null,
    };
    return { kind: "downlink", uptimeMs: 0, bytes: signCommand(command, platformKeys.signer) };
  }

  #later(afterMs: number, input: ChipInput): void {
    this.#waiting.push({ atMs: this.nowMs + afterMs, input });
  }
}
