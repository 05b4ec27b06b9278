import { createChipKeys, es256Verifier, sha256 } from "@hanyouxu/chip/hosts/node";
import { freezeState, seededBytes, thawState, UplinkRecord } from "@hanyouxu/chip/testing";
import {
  bytesToHex,
  type Command,
  type CommandBody,
  decodeEvent,
  encodeCommandPayload,
  type Grant,
  sign1,
  signCommand,
  uuidFromBytes,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChipEffect } from "./effects.ts";
import type { ChipInput, Reading } from "./inputs.ts";
import type { ChipPorts } from "./ports.ts";
import { nextDueUptimeMs, step } from "./runtime.ts";
import { restoreChip, type StoredChip } from "./snapshot.ts";
import { type ChipState, createChipState } from "./state.ts";
import { isAfter } from "./stored-event.ts";

/*
 * Random lives of one chip: readings, commands good and bad, acknowledgements, connections, power cuts, on virtual
 * time. After every step the promises of the design are checked against a model that knows only what was signed.
 */

const STEPS = 10_000;
const START_MS = Date.UTC(2026, 0, 1);
const platform = createChipKeys();
const stranger = createChipKeys();
const chipKeys = createChipKeys();

type Draw = (max: number) => number;

class Life {
  readonly ports: ChipPorts;
  readonly draw: Draw;
  readonly random: ReturnType<typeof seededBytes>;
  readonly uplink = new UplinkRecord();
  readonly #written: { boot: number; seq: number }[] = [];
  state: ChipState = createChipState();
  stored: StoredChip | null = null;
  worldMs = START_MS;
  bootedAtMs = START_MS;
  relayClosed = false;
  /** Grants that may close the relay: signed by the platform for this chip, never used. */
  readonly good = new Map<string, Grant & { commandId: string; acceptBySeconds: number }>();
  readonly sent: Uint8Array[] = [];
  holder: Grant | null = null;
  endsByMs = 0;
  accepted = 0;
  boots = 0;

  constructor(seed: number) {
    this.random = seededBytes(seed);
    this.draw = (max) => {
      const bytes = this.random(4);
      return (((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0) % max;
    };
    this.ports = {
      chipId: chipKeys.chipId,
      firmware: "life",
      fitted: ["gnss", "current-sensor", "gas-sensor", "tamper-loop"],
      verifier: es256Verifier([platform.spki]),
      signer: chipKeys.signer,
      sha256,
      random: this.random,
    };
    this.boot();
  }

  get uptimeMs(): number {
    return this.worldMs - this.bootedAtMs;
  }

  boot(): void {
    this.relayClosed = false;
    this.holder = null;
    this.bootedAtMs = this.worldMs;
    this.state = restoreChip(this.stored);
    this.boots += 1;
    this.feed({ kind: "boot", resetCause: "power-on", rtcMs: this.draw(4) === 0 ? null : this.worldMs });
  }

  feed(input: ChipInput): void {
    const before = freezeState(this.state);
    const result = step(this.state, input, this.ports);
    expect(freezeState(this.state)).toBe(before);
    this.state = thawState(freezeState(result.state));
    for (const effect of result.effects) this.perform(effect);
    this.check(input);
  }

  perform(effect: ChipEffect): void {
    if (effect.kind === "relay") {
      this.relayClosed = effect.closed;
      if (effect.closed) this.justify();
      else this.holder = null;
    }
    if (effect.kind === "persist") {
      const kept = (this.stored?.events ?? []).concat(effect.events);
      for (const event of effect.events) this.#written.push({ boot: event.boot, seq: event.seq });
      const { acknowledged } = effect.snapshot;
      this.stored = {
        snapshot: JSON.parse(JSON.stringify(effect.snapshot)),
        events: kept.filter((event) => isAfter(event, acknowledged)),
      };
    }
    // One in five messages is lost on its way.
    if (effect.kind === "publish" && this.draw(5) > 0) this.uplink.receive(effect.channel, effect.bytes);
  }

  /** The relay has closed: some good grant, not used before and valid now, must be the reason. */
  justify(): void {
    const { work } = this.state;
    const grant = [...this.good.values()].find((good) => good.workSessionId === work?.grant.workSessionId);
    expect(
      grant,
      "a grant closed the relay that nobody signed for this chip, or one was used twice",
    ).toBeDefined();
    this.good.delete(grant!.commandId);
    expect(this.worldMs).toBeLessThanOrEqual(grant!.acceptBySeconds * 1000 + 60_000);
    this.holder = grant!;
    this.accepted += 1;
    this.endsByMs =
      Math.min(this.worldMs + grant!.validSeconds * 1000, this.worldMs + grant!.maxEnergisedSeconds * 1000) +
      this.state.configuration.arcGraceSeconds * 1000;
  }

  check(input: ChipInput): void {
    expect(this.relayClosed).toBe(this.state.relayClosed);
    expect(this.relayClosed).toBe(this.state.work !== null);
    if (this.relayClosed) {
      expect(this.holder?.workSessionId).toBe(this.state.work!.grant.workSessionId);
      expect(this.worldMs).toBeLessThanOrEqual(this.endsByMs);
      expect(this.state.isLocked || this.state.tamper.isRaised || this.state.gas.isCut).toBe(false);
    }
    if (input.kind === "reading") {
      const { tamperLoopIntact, gas } = input.reading;
      if (!tamperLoopIntact || (gas?.lelPermille ?? 0) >= this.state.configuration.gasCutLelPermille) {
        expect(this.relayClosed).toBe(false);
      }
    }
    expect(this.state.replay.ids.length).toBeLessThanOrEqual(64);
    expect(nextDueUptimeMs(this.state)).toBeLessThanOrEqual(this.uptimeMs + 3_600_000);
  }

  reading(): Reading {
    const rare = (share: number) => this.draw(share) === 0;
    return {
      fix: rare(3)
        ? null
        : {
            kind: "gnss",
            latitudeE7: 288_900_000 + this.draw(40_000),
            longitudeE7: 1_198_100_000,
            accuracyMetres: this.draw(60),
          },
      speedCentimetresPerSecond: 0,
      arcCurrentDeciamps: rare(40) ? null : rare(2) ? 0 : this.draw(4_000),
      voltageDecivolts: 250,
      temperatureDecicelsius: 300,
      gas: rare(40) ? null : { lelPermille: rare(60) ? 150 + this.draw(400) : this.draw(60), raw: 500 },
      batteryPercent: 80,
      signalDbm: -80,
      tamperLoopIntact: !rare(150),
      moving: false,
    };
  }

  command(): Uint8Array {
    const nowSeconds = Math.floor(this.worldMs / 1000);
    const isForOther = this.draw(12) === 0;
    const header = {
      audience: isForOther ? stranger.chipId : chipKeys.chipId,
      commandId: bytesToHex(this.random(8)),
      acceptBySeconds: nowSeconds + (this.draw(10) === 0 ? -30 : 30),
      expectedStateVersion: this.draw(6) === 0 ? this.draw(50) : null,
    };
    const body = this.body(nowSeconds);
    const command = { ...header, ...body } as Command;
    if (this.draw(10) === 0) return sign1(encodeCommandPayload(command), stranger.signer);
    const bytes = signCommand(command, platform.signer);
    if (body.kind === "grant" && !isForOther) this.good.set(header.commandId, { ...body, ...header });
    return bytes;
  }

  body(nowSeconds: number): CommandBody {
    const workSessionId =
      this.state.work && this.draw(3) > 0
        ? this.state.work.grant.workSessionId
        : (uuidFromBytes(this.random(16)) as WorkSessionId);
    switch (this.draw(8)) {
      case 0:
        return { kind: "lock", locked: this.draw(3) === 0 };
      case 1:
        return {
          kind: "revoke",
          workSessionId,
          reason: (["stopped", "gas", "fence"] as const)[this.draw(3)]!,
        };
      default:
        return {
          kind: "grant",
          workSessionId: uuidFromBytes(this.random(16)) as WorkSessionId,
          welderPseudonym: "0011223344556677",
          notBeforeSeconds: nowSeconds + (this.draw(8) === 0 ? 120 : -this.draw(60)),
          validSeconds: 1 + this.draw(900),
          maxEnergisedSeconds: 1 + this.draw(900),
          idleLimitSeconds: 1 + this.draw(300),
          fence:
            this.draw(2) === 0
              ? null
              : { kind: "circle", latitudeE7: 288_900_000, longitudeE7: 1_198_100_000, radiusMetres: 200 },
          gasWarningLelPermille: 100,
          gasCutLelPermille: 200,
          isWatchHeartbeatRequired: false,
          decisionDigest: "8899aabbccddeeff",
        };
    }
  }

  /** A random thing happens. */
  live(): void {
    this.worldMs += this.draw(20) === 0 ? this.draw(120_000) : this.draw(2_000);
    const { uptimeMs } = this;
    const choice = this.draw(100);
    if (choice < 45) this.feed({ kind: "reading", uptimeMs, reading: this.reading() });
    else if (choice < 60) this.feed({ kind: "tick", uptimeMs });
    else if (choice < 75) this.sendCommand();
    else if (choice < 80) this.replayOrAlter();
    else if (choice < 88) this.acknowledge();
    else if (choice < 92) this.tellTime();
    else if (choice < 95) this.feed({ kind: "link-up", uptimeMs });
    else if (choice < 97) this.feed({ kind: "link-down", uptimeMs });
    else if (choice < 98) this.feed({ kind: "power-failing", uptimeMs });
    else if (this.draw(4) === 0) this.boot();
  }

  sendCommand(): void {
    const bytes = this.command();
    this.sent.push(bytes);
    this.feed({ kind: "downlink", uptimeMs: this.uptimeMs, bytes });
  }

  replayOrAlter(): void {
    const bytes = this.sent[this.sent.length - 1 - this.draw(Math.min(this.sent.length, 40))]?.slice();
    if (!bytes) return;
    if (this.draw(2) === 0) bytes[this.draw(bytes.length)]! ^= 1 << this.draw(8);
    this.feed({ kind: "downlink", uptimeMs: this.uptimeMs, bytes });
  }

  acknowledge(): void {
    const position = this.uplink.contiguous;
    if (position) this.order({ kind: "acknowledgement", ...position });
  }

  tellTime(): void {
    const nonce = this.uplink.hellos.at(-1)?.nonce;
    if (nonce) this.order({ kind: "time", platformMs: this.worldMs, nonce });
  }

  order(body: CommandBody): void {
    const header = {
      audience: chipKeys.chipId,
      commandId: bytesToHex(this.random(8)),
      acceptBySeconds: Math.floor(this.worldMs / 1000),
      expectedStateVersion: null,
    };
    const bytes = signCommand({ ...header, ...body }, platform.signer);
    this.feed({ kind: "downlink", uptimeMs: this.uptimeMs, bytes });
  }

  /** A quiet day with a good connection: everything written must arrive. */
  settle(): void {
    for (let round = 0; round < 4_000 && this.state.log.pending.length > 0; round++) {
      this.worldMs += 500;
      const { uptimeMs } = this;
      if (this.state.link.phase === "connecting") this.feed({ kind: "link-up", uptimeMs });
      else this.feed({ kind: "tick", uptimeMs });
      this.acknowledge();
    }
    expect(this.state.log.pending).toEqual([]);
    const arrived = new Set(this.uplink.events.map((event) => `${event.boot}/${event.seq}`));
    expect(this.#written.filter(({ boot, seq }) => !arrived.has(`${boot}/${seq}`))).toEqual([]);
    this.uplink.verify(chipKeys.chipId, chipKeys.spki);
  }

  /** Each session that began has ended, once, and sums never exceed the time. */
  checkSessions(): void {
    const open = new Set<string>();
    for (const event of this.uplink.events) {
      if (event.kind === "energised") {
        expect(open.size).toBe(0);
        open.add(event.data.workSessionId);
      }
      if (event.kind === "de-energised") {
        expect(open.delete(event.data.workSessionId)).toBe(true);
        expect(event.data.arcMs).toBeLessThanOrEqual(event.data.energisedMs);
      }
    }
    expect([...open]).toEqual(this.state.work ? [this.state.work.grant.workSessionId] : []);
  }
}

describe("whatever happens to a chip", () => {
  it(`${STEPS} random steps break none of its promises`, () => {
    let accepted = 0;
    let boots = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const life = new Life(seed);
        for (let index = 0; index < STEPS / 20; index++) life.live();
        life.settle();
        life.checkSessions();
        accepted += life.accepted;
        boots += life.boots;
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(accepted).toBeGreaterThan(100);
    expect(boots).toBeGreaterThan(30);
  }, 120_000);

  it("events decode to what the platform reads", () => {
    const life = new Life(42);
    for (let index = 0; index < 300; index++) life.live();
    for (const event of life.stored?.events ?? []) {
      expect(decodeEvent(event.bytes)).toMatchObject({
        ok: true,
        value: { boot: event.boot, seq: event.seq },
      });
    }
  });
});
