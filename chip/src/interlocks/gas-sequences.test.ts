import { createChipKeys, sha256 } from "@hanyouxu/chip/hosts/node";
import { RandomThings } from "@hanyouxu/chip/testing";
import {
  bytesToHex,
  type CommandBody,
  type CommandResult,
  decodeAnswerFrame,
  decodeEvent,
  signCommand,
  uuidFromBytes,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import { expect, it } from "vitest";
import type { ChipEffect } from "../effects.ts";
import { QUIET_READING } from "../host/host-ports.ts";
import type { ChipInput, Reading } from "../inputs.ts";
import type { ChipPorts } from "../ports.ts";
import { nextDueUptimeMs, step } from "../runtime.ts";
import { restoreChip, type StoredChip } from "../snapshot.ts";
import { type ChipState, createChipState, DEFAULT_CONFIGURATION } from "../state.ts";

/*
 * Random lives of a gas sensor on virtual time: leaks, glitches, a cell that is lost, stuck or broken, power that fails,
 * grants and inspections at any time. Judged by what was put into the sensor, not by what the program made of it.
 * Signatures are left out: they are proved elsewhere and would take the time.
 */

const SEQUENCES = 10_000;
const STEPS = 14;
const START_MS = Date.UTC(2026, 0, 1);
const { gasCutLelPermille, gasWarningLelPermille } = DEFAULT_CONFIGURATION;
const SENSOR = { warmUpMs: 30_000, rawMin: 200, rawMax: 4_000, stuckAfterMs: 60_000, calibratedAtMs: null };
const keys = createChipKeys();
const signer = { ...keys.signer, sign: () => new Uint8Array(64) };

type Gas = NonNullable<Reading["gas"]>;
type Mode = "clean" | "leak" | "lost" | "broken" | "stuck";

/** As expect, without its price: this is asked millions of times. */
function never(condition: boolean, what: string): void {
  if (condition) throw new Error(what);
}

class SensorLife {
  readonly things: RandomThings;
  readonly ports: ChipPorts;
  state: ChipState = createChipState();
  stored: StoredChip | null = null;
  worldMs = START_MS;
  bootedAtMs = START_MS;
  relayClosed = false;
  mode: Mode = "clean";
  starts = 0;
  cuts = 0;
  inspections = 0;
  /** As the chip has told: the newest cut. */
  cutAt: { cutBoot: number; cutSeq: number } | null = null;
  lastResult: CommandResult | undefined;
  /** What was put into the sensor. */
  gas: Gas | null = null;
  readAtMs = START_MS;
  closedAtMs = START_MS;
  /** Since when the sensor says nothing that makes sense; null while it does. */
  senselessSinceMs: number | null = null;
  unmovedSinceMs = START_MS;
  unmovedReadings = 0;
  isUninspected = false;

  constructor(seed: number) {
    this.things = new RandomThings(seed, keys.chipId, keys.chipId);
    this.ports = {
      chipId: keys.chipId,
      firmware: "sensor",
      fitted: ["current-sensor", "gas-sensor", "tamper-loop"],
      gasSensor: SENSOR,
      verifier: { verify: () => true },
      signer,
      sha256,
      random: this.things.random,
    };
    this.boot();
  }

  get isWarm(): boolean {
    return this.worldMs - this.bootedAtMs >= SENSOR.warmUpMs;
  }

  /** After power-on, and by the program's word after it was lost. */
  get isCold(): boolean {
    return !this.isWarm || this.state.gasSensor.warmAtUptimeMs > this.uptimeMs;
  }

  boot(): void {
    this.relayClosed = false;
    this.bootedAtMs = this.worldMs;
    this.state = restoreChip(this.stored);
    this.unmovedReadings = 0;
    this.senselessSinceMs = null;
    this.readAtMs = this.worldMs;
    this.feed({ kind: "boot", resetCause: "power-on", rtcMs: this.worldMs });
  }

  feed(input: ChipInput): void {
    const result = step(this.state, input, this.ports);
    this.state = result.state;
    for (const effect of result.effects) this.perform(effect);
    this.check();
  }

  perform(effect: ChipEffect): void {
    if (effect.kind === "relay") {
      this.relayClosed = effect.closed;
      if (effect.closed) {
        this.starts += 1;
        this.closedAtMs = this.worldMs;
        never(this.worldMs - this.readAtMs >= 60_000, "a start on what was seen long ago");
      }
    }
    if (effect.kind === "publish" && effect.channel === "a") {
      const decoded = decodeAnswerFrame(effect.bytes);
      if (decoded.ok && "result" in decoded.value) this.lastResult = decoded.value.result;
    }
    if (effect.kind !== "persist") return;
    this.stored = { snapshot: effect.snapshot, events: [] };
    for (const { bytes, boot, seq } of effect.events) {
      const event = decodeEvent(bytes);
      if (event.ok && event.value.kind === "gas-cut") {
        this.cutAt = { cutBoot: boot, cutSeq: seq };
        this.cuts += 1;
      }
    }
  }

  check(): void {
    if (!this.relayClosed) return;
    const { gas, worldMs } = this;
    never(this.isCold, "power with a cold sensor");
    never((gas?.lelPermille ?? 0) >= gasCutLelPermille, "power in gas over the limit");
    never(this.isUninspected, "power after a cut that nobody inspected");
    const senselessForMs = this.senselessSinceMs === null ? 0 : worldMs - this.senselessSinceMs;
    never(senselessForMs >= 3_000, "power on a sensor that makes no sense");
    const lookedAtMs = Math.max(this.readAtMs, this.closedAtMs);
    never(worldMs - lookedAtMs >= 15_000, "power with nobody looking at the gas");
    const unmovedForMs = this.readAtMs - this.unmovedSinceMs;
    never(this.unmovedReadings >= 20 && unmovedForMs >= SENSOR.stuckAfterMs, "power with a stuck sensor");
  }

  read(gas: Gas | null): void {
    const { worldMs } = this;
    this.readAtMs = worldMs;
    if (gas?.raw !== this.gas?.raw || this.unmovedReadings === 0) {
      this.unmovedSinceMs = worldMs;
      this.unmovedReadings = 0;
    }
    if (gas) this.unmovedReadings += 1;
    this.gas = gas;
    const makesSense = gas && gas.raw >= SENSOR.rawMin && gas.raw <= SENSOR.rawMax && gas.lelPermille >= -50;
    this.senselessSinceMs = makesSense ? null : (this.senselessSinceMs ?? worldMs);
    this.feed({ kind: "reading", uptimeMs: this.uptimeMs, reading: { ...QUIET_READING, gas } });
    if (this.isCold) this.unmovedReadings = 0;
    if (!gas || this.isCold || gas.lelPermille < gasCutLelPermille) return;
    this.isUninspected = true;
    this.check();
  }

  get uptimeMs(): number {
    return this.worldMs - this.bootedAtMs;
  }

  drawnGas(): Gas | null {
    const { things } = this;
    switch (this.mode) {
      case "clean":
        return { lelPermille: things.draw(60) - 10, raw: 400 + things.draw(40) };
      case "leak":
        return { lelPermille: 50 + things.draw(400), raw: 600 + things.draw(2_000) };
      case "lost":
        return null;
      case "broken":
        return things.draw(2) === 0
          ? { lelPermille: 0, raw: things.draw(200) }
          : { lelPermille: -51 - things.draw(400), raw: 400 + things.draw(40) };
      case "stuck":
        return { lelPermille: 10, raw: 444 };
    }
  }

  live(): void {
    const { things } = this;
    if (things.draw(6) === 0) {
      this.mode = (["clean", "clean", "leak", "lost", "broken", "stuck"] as const)[things.draw(6)]!;
    }
    const choice = things.draw(100);
    if (choice < 30) this.pass(things.draw(2_500), () => this.read(this.drawnGas()));
    else if (choice < 50)
      for (let look = 0; look < 6; look++) this.pass(1_000, () => this.read(this.drawnGas()));
    else if (choice < 60)
      for (let look = 0; look < 21; look++) this.pass(5_000, () => this.read(this.drawnGas()));
    else if (choice < 85) this.start();
    else if (choice < 95) this.inspect(things.draw(5) === 0);
    else if (choice < 98) this.pass(things.draw(60_000), () => {});
    else this.boot();
  }

  /** Time passes as for a host: the program is woken when something is due. */
  pass(durationMs: number, then: () => void): void {
    const untilMs = this.worldMs + durationMs;
    for (let wakes = 0; wakes < 200; wakes++) {
      const dueMs = this.bootedAtMs + nextDueUptimeMs(this.state);
      if (dueMs > untilMs) break;
      this.worldMs = Math.max(this.worldMs, dueMs);
      this.feed({ kind: "tick", uptimeMs: this.uptimeMs });
    }
    this.worldMs = untilMs;
    then();
  }

  order(body: CommandBody): CommandResult | undefined {
    this.lastResult = undefined;
    const header = {
      audience: keys.chipId,
      commandId: bytesToHex(this.things.random(8)),
      acceptBySeconds: Math.floor(this.worldMs / 1000) + 60,
      expectedStateVersion: null,
    };
    const bytes = signCommand({ ...header, ...body }, signer);
    this.feed({ kind: "downlink", uptimeMs: this.uptimeMs, bytes });
    return this.lastResult;
  }

  start(): CommandResult | undefined {
    return this.order({
      kind: "grant",
      workSessionId: uuidFromBytes(this.things.random(16)) as WorkSessionId,
      welderPseudonym: "0011223344556677",
      notBeforeSeconds: Math.floor(this.worldMs / 1000),
      validSeconds: 600,
      maxEnergisedSeconds: 600,
      idleLimitSeconds: 600,
      fence: null,
      gasWarningLelPermille: 0,
      gasCutLelPermille: 0,
      isWatchHeartbeatRequired: false,
      decisionDigest: "8899aabbccddeeff",
    });
  }

  inspect(isWrong = false): CommandResult | undefined {
    if (!this.cutAt) return undefined;
    const cutSeq = this.cutAt.cutSeq + (isWrong ? 1 : 0);
    const wasUninspected = this.isUninspected;
    const willRelease = this.gas !== null && this.gas.lelPermille < gasWarningLelPermille * 0.8;
    const { cutBoot } = this.cutAt;
    const before = this.state.gas.cutAt;
    this.isUninspected = wasUninspected && !(willRelease && !isWrong);
    const result = this.order({ kind: "gas-inspection", cutBoot, cutSeq });
    if (result === "accepted") {
      expect(isWrong || !willRelease || !before, "an inspection taken in gas, or for another cut").toBe(
        false,
      );
      this.inspections += 1;
    } else this.isUninspected = wasUninspected;
    return result;
  }

  /** The air is clean, the sensor sound, somebody looks at the place: work must be possible again. */
  recover(): void {
    this.mode = "clean";
    for (let look = 0; look < 11; look++) this.pass(4_000, () => this.read(this.drawnGas()));
    if (this.isUninspected) expect(this.inspect()).toBe("accepted");
    if (!this.relayClosed) expect(this.start()).toBe("accepted");
  }
}

it(`${SEQUENCES} random sequences: no power above the limit, and none withheld once it has cleared and was inspected`, () => {
  const sums = { starts: 0, cuts: 0, inspections: 0 };
  for (let seed = 0; seed < SEQUENCES; seed++) {
    const life = new SensorLife(seed);
    try {
      for (let index = 0; index < STEPS; index++) life.live();
      life.recover();
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
    sums.starts += life.starts;
    sums.cuts += life.cuts;
    sums.inspections += life.inspections;
  }
  expect(sums.starts).toBeGreaterThan(SEQUENCES);
  expect(sums.cuts).toBeGreaterThan(SEQUENCES / 4);
  expect(sums.inspections).toBeGreaterThan(SEQUENCES / 10);
}, 120_000);
