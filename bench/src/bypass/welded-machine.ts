import { createChipKeys, createMemoryStorage } from "@hanyouxu/chip/hosts/node";
import { createMemoryLink, createTestPlatform, type MemoryLink } from "@hanyouxu/chip/testing";
import {
  type CommandBody,
  decodeAnswerFrame,
  decodeEvent,
  type EventKind,
  type UplinkChannel,
  VirtualClock,
} from "@hanyouxu/protocol";
import { type DemoMachine, OnlineMachine } from "@hanyouxu/simulator";

/** What a chip tells of somebody who welds past it. */
export const BYPASS_KINDS: readonly EventKind[] = ["bypass-suspected", "energy-unaccounted"];

/** One simulated machine with the real chip program on virtual time, and a platform that grants whatever is asked. */
export class WeldedMachine {
  readonly clock: VirtualClock;
  readonly at: OnlineMachine;
  /** When each suspicion was told. */
  readonly suspicions: { kind: EventKind; atMs: number }[] = [];
  readonly #platform;
  #memory: MemoryLink | undefined;

  constructor(machine: DemoMachine, seed: number, startMs: number) {
    this.clock = new VirtualClock(startMs);
    this.#platform = createTestPlatform(this.clock);
    const platformKeys = [Buffer.from(this.#platform.keys.spki).toString("base64")];
    this.at = new OnlineMachine({
      machine,
      identity: {
        keys: createChipKeys(),
        enrolment: { certificatePem: "", caPem: "", brokerUrl: "", platformKeys, machineCode: "" },
        dir: "",
      },
      clock: this.clock,
      seed,
      storage: createMemoryStorage(),
      link: () => {
        this.#memory = createMemoryLink({
          clock: this.clock,
          onUplink: (channel, bytes) => this.#hear(channel, bytes),
        });
        return this.#memory.link;
      },
      idleReadingMs: 15_000,
      workingReadingMs: 1_000,
      onFailure(_machine, error) {
        throw error;
      },
    });
    this.clock.advance(60_000);
  }

  #hear(channel: UplinkChannel, bytes: Uint8Array): void {
    if (channel === "a") {
      const frame = decodeAnswerFrame(bytes);
      if (!frame.ok || frame.value.kind !== "hello") return;
      this.send({ kind: "time", platformMs: this.clock.nowMs(), nonce: frame.value.nonce });
    }
    if (channel !== "e") return;
    const event = decodeEvent(bytes);
    if (!event.ok) throw new Error(`an event that cannot be read: ${event.reason.code}`);
    const { kind, boot, seq } = event.value;
    if (BYPASS_KINDS.includes(kind)) this.suspicions.push({ kind, atMs: this.clock.nowMs() });
    // Nothing is lost on this link, so events come in order.
    this.send({ kind: "acknowledgement", boot, seq });
  }

  /** Whole milliseconds, as clocks count them; the world is followed meanwhile. */
  pass(durationMs: number): void {
    const untilMs = this.clock.nowMs() + Math.round(durationMs);
    while (this.clock.nowMs() < untilMs) {
      this.clock.advance(Math.min(60_000, untilMs - this.clock.nowMs()));
      this.at.world.read(this.clock.nowMs());
    }
  }

  send(body: CommandBody): void {
    this.#memory!.deliver(this.#platform.sign(this.#platform.command(this.at.chipId, body)));
  }

  /** A granted session in which somebody welds. */
  start(seconds: number): void {
    this.send(
      this.#platform.grant({
        validSeconds: seconds,
        maxEnergisedSeconds: seconds,
        idleLimitSeconds: 1_800,
        gasWarningLelPermille: 0,
        gasCutLelPermille: 0,
      }),
    );
    this.clock.advance(1_000);
    this.at.takeTorch();
  }

  /** The session is stopped from above, as by the welder's phone. */
  stop(): void {
    const workSessionId = this.at.chip.state().work?.grant.workSessionId;
    if (workSessionId) this.send({ kind: "revoke", workSessionId, reason: "stopped" });
    this.clock.advance(1_000);
  }
}
