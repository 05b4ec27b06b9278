import { createChipKeys, es256Verifier, sha256 } from "@hanyouxu/chip/hosts/node";
import { freezeState, RandomThings, thawState, UplinkRecord } from "@hanyouxu/chip/testing";
import {
  bytesToHex,
  type CommandBody,
  decodeEvent,
  encodeCommandPayload,
  type Grant,
  sign1,
  signCommand,
} from "@hanyouxu/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChipEffect } from "./effects.ts";
import type { ChipInput } from "./inputs.ts";
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

class Life {
  readonly ports: ChipPorts;
  readonly things: RandomThings;
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
  readonly used: Uint8Array[] = [];
  holder: Grant | null = null;
  endsByMs = 0;
  accepted = 0;
  boots = 0;

  constructor(seed: number) {
    this.things = new RandomThings(seed, chipKeys.chipId, stranger.chipId);
    this.ports = {
      chipId: chipKeys.chipId,
      firmware: "life",
      fitted: ["gnss", "current-sensor", "gas-sensor", "tamper-loop"],
      verifier: es256Verifier([platform.spki]),
      signer: chipKeys.signer,
      sha256,
      random: this.things.random,
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
    this.feed({
      kind: "boot",
      resetCause: "power-on",
      rtcMs: this.things.draw(4) === 0 ? null : this.worldMs,
    });
  }

  feed(input: ChipInput): void {
    // Now and then the state goes through text and back, and the step must have left the old one alone.
    const isExamined = this.things.draw(4) === 0;
    const before = isExamined ? freezeState(this.state) : "";
    const result = step(this.state, input, this.ports);
    if (isExamined) expect(freezeState(this.state)).toBe(before);
    this.state = isExamined ? thawState(freezeState(result.state)) : result.state;
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
    if (effect.kind === "publish" && this.things.draw(5) > 0)
      this.uplink.receive(effect.channel, effect.bytes);
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
      expect(this.state.isLocked || this.state.tamper.isRaised || this.state.gas.cutAt !== null).toBe(false);
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

  /** As a host does: the program is woken whenever something is due. */
  sleepUntil(worldMs: number): void {
    for (let wakesNow = 0; ; ) {
      const dueMs = this.bootedAtMs + nextDueUptimeMs(this.state);
      if (dueMs > worldMs) break;
      wakesNow = dueMs > this.worldMs ? 0 : wakesNow + 1;
      // What is due gets done: a host that sleeps until the next due time never spins.
      expect(wakesNow).toBeLessThan(5);
      this.worldMs = Math.max(this.worldMs, dueMs);
      this.feed({ kind: "tick", uptimeMs: this.uptimeMs });
    }
    this.worldMs = worldMs;
  }

  /** A random thing happens. */
  live(): void {
    this.sleepUntil(
      this.worldMs + (this.things.draw(20) === 0 ? this.things.draw(120_000) : this.things.draw(2_000)),
    );
    const { uptimeMs } = this;
    const { cutAt } = this.state.gas;
    if (cutAt) {
      this.order({ kind: "gas-inspection", cutBoot: cutAt.boot, cutSeq: cutAt.seq });
    }
    const choice = this.things.draw(100);
    if (choice < 45) this.feed({ kind: "reading", uptimeMs, reading: this.things.reading() });
    else if (choice < 60) this.feed({ kind: "tick", uptimeMs });
    else if (choice < 75) this.sendCommand();
    else if (choice < 80) this.replayOrAlter();
    else if (choice < 88) this.acknowledge();
    else if (choice < 92) this.tellTime();
    else if (choice < 95) this.feed({ kind: "link-up", uptimeMs });
    else if (choice < 97) this.feed({ kind: "link-down", uptimeMs });
    else if (choice < 98) this.feed({ kind: "power-failing", uptimeMs });
    else if (this.things.draw(4) === 0) this.boot();
  }

  sendCommand(): void {
    const command = this.things.command(
      Math.floor(this.worldMs / 1000),
      this.state.work?.grant.workSessionId,
    );
    const isForged = this.things.draw(10) === 0;
    const bytes = sign1(encodeCommandPayload(command), isForged ? stranger.signer : platform.signer);
    if (command.kind === "grant" && !isForged && command.audience === chipKeys.chipId) {
      this.good.set(command.commandId, command);
    }
    this.sent.push(bytes);
    const countBefore = this.accepted;
    this.feed({ kind: "downlink", uptimeMs: this.uptimeMs, bytes });
    if (this.accepted > countBefore) this.used.push(bytes);
  }

  /** Somebody repeats what was heard on the air, the grants that worked above all, or alters it. */
  replayOrAlter(): void {
    const heard = this.things.draw(2) === 0 ? this.used.slice(-5) : this.sent.slice(-40);
    const bytes = heard[this.things.draw(heard.length || 1)]?.slice();
    if (!bytes) return;
    if (this.things.draw(3) === 0) bytes[this.things.draw(bytes.length)]! ^= 1 << this.things.draw(8);
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
      commandId: bytesToHex(this.things.random(8)),
      acceptBySeconds: Math.floor(this.worldMs / 1000) + 60,
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
