import { createHash } from "node:crypto";
import {
  type ChipEffect,
  type ChipPorts,
  type ChipState,
  type ChipStorage,
  type GasSensorTraits,
  QUIET_READING,
  type Reading,
  type RunningChip,
  runChip,
} from "@hanyouxu/chip";
import { createChipKeys, createMemoryStorage, es256Verifier, sha256 } from "@hanyouxu/chip/hosts/node";
import {
  type Command,
  type CommandBody,
  type CommandHeader,
  type CommandResult,
  type Grant,
  type Peripheral,
  type RandomBytes,
  VirtualClock,
} from "@hanyouxu/protocol";
import { createMemoryLink, type MemoryLink } from "./memory-link.ts";
import { createTestPlatform, type TestPlatform } from "./test-platform.ts";
import { UplinkRecord } from "./uplink-record.ts";

export interface FakeChipOptions {
  seed?: number;
  startMs?: number;
  fitted?: readonly Peripheral[];
  gasSensor?: GasSensorTraits;
  /** The battery-backed clock follows the virtual one; "faulty" is a year behind; "none" for a chip without it. */
  rtc?: "battery-backed" | "faulty" | "none";
  isPowered?: boolean;
  connects?: boolean;
}

const YEAR_MS = 365 * 86_400_000;
export const FAKE_START_MS = Date.UTC(2026, 8, 1, 0, 0, 0);

/** A chip with fake surroundings on virtual time: sensors, network, platform and power are the test's to play. */
export class FakeChip {
  readonly clock: VirtualClock;
  readonly platform: TestPlatform;
  readonly ports: ChipPorts;
  readonly chipSpki: Uint8Array;
  readonly memory: MemoryLink;
  readonly effects: ChipEffect[] = [];
  storage: ChipStorage = createMemoryStorage();
  uplink: UplinkRecord = new UplinkRecord();
  relayClosed = false;
  reading: Reading = QUIET_READING;
  /** Whether the platform answers hellos with the time. */
  tellsTime = true;
  /** Whether the platform acknowledges events as they arrive without a gap. */
  acknowledges = true;
  #chip: RunningChip | undefined;
  readonly #options: FakeChipOptions;

  constructor(options: FakeChipOptions = {}) {
    this.#options = options;
    const { seed = 1, startMs = FAKE_START_MS, fitted, gasSensor, connects = true } = options;
    this.clock = new VirtualClock(startMs);
    const random = seededBytes(seed);
    this.platform = createTestPlatform(this.clock, random);
    const keys = createChipKeys();
    this.chipSpki = keys.spki;
    this.ports = {
      chipId: keys.chipId,
      firmware: "fake-1",
      fitted: fitted ?? ["gnss", "current-sensor", "tamper-loop"],
      gasSensor,
      verifier: es256Verifier([this.platform.keys.spki]),
      signer: keys.signer,
      sha256,
      random,
    };
    this.memory = createMemoryLink({
      clock: this.clock,
      random: () => random(1)[0]! / 256,
      onWill: (will) => this.uplink.receive("a", will),
      onUplink: (channel, bytes) => {
        const frame = this.uplink.receive(channel, bytes);
        if (this.tellsTime && "kind" in frame && frame.kind === "hello") this.tellTime(frame.nonce);
        if (this.acknowledges && channel === "e") this.acknowledge();
      },
    });
    if (!connects) this.memory.faults = { ...this.memory.faults, isReachable: false };
    if (options.isPowered ?? true) this.#chip = this.#boot();
  }

  /** Throws unless everything told so far is complete, chained and signed. */
  verifyUplink(): void {
    this.uplink.verify(this.ports.chipId, this.chipSpki);
  }

  get chip(): RunningChip {
    if (!this.#chip) throw new Error("the chip has no power");
    return this.#chip;
  }

  get state(): ChipState {
    return this.chip.state();
  }

  advance(durationMs: number): void {
    this.clock.advance(durationMs);
  }

  /** The sensors say this from now on, seen at once. */
  sense(changes: Partial<Reading>): void {
    this.reading = { ...this.reading, ...changes };
    this.chip.senseNow();
  }

  tellTime(nonce: string, platformMs: number = this.clock.nowMs()): void {
    this.send({ kind: "time", platformMs, nonce });
  }

  /** Everything that has arrived without a gap. */
  acknowledge(): void {
    const position = this.uplink.contiguous;
    if (position) this.send({ kind: "acknowledgement", ...position });
  }

  send(body: CommandBody, header?: Partial<CommandHeader>): Command {
    const command = this.platform.command(this.ports.chipId, body, header);
    this.memory.deliver(this.platform.sign(command));
    return command;
  }

  /** What the chip answered last, after letting messages of this moment arrive. */
  order(body: CommandBody, header?: Partial<CommandHeader>): CommandResult | undefined {
    const { commandId } = this.send(body, header);
    this.advance(0);
    return this.uplink.answers.findLast((answer) => answer.commandId === commandId)?.result;
  }

  grant(changes?: Partial<Grant>, header?: Partial<CommandHeader>): CommandResult | undefined {
    return this.order(this.platform.grant(changes), header);
  }

  /** Lets the chip connect and learn the time. */
  goOnline(): this {
    this.advance(2_000);
    return this;
  }

  killPower(): void {
    this.#chip?.kill();
  }

  reboot(): void {
    this.#chip?.kill();
    this.#chip = this.#boot();
  }

  #rtcMs(): number | null {
    if (this.#options.rtc === "none") return null;
    return this.clock.nowMs() - (this.#options.rtc === "faulty" ? YEAR_MS : 0);
  }

  #boot(): RunningChip {
    return runChip({
      ports: this.ports,
      clock: this.clock,
      storage: this.storage,
      link: this.memory.link,
      sensors: () => this.reading,
      setRelay: (closed) => {
        this.relayClosed = closed;
      },
      onEffect: (effect) => this.effects.push(effect),
      rtcMs: this.#rtcMs(),
    });
  }
}

/** A reproducible stream that stands in for a secure one: SHA-256 in counter mode over the seed. */
export function seededBytes(seed: number): RandomBytes {
  let counter = 0;
  let pool = Buffer.alloc(0);
  return (length) => {
    while (pool.length < length) {
      pool = Buffer.concat([pool, createHash("sha256").update(`${seed}/${counter++}`).digest()]);
    }
    const bytes = new Uint8Array(pool.subarray(0, length));
    pool = pool.subarray(length);
    return bytes;
  };
}
