import type { Reading } from "@hanyouxu/chip";
import type { DemoMachine } from "./county/types.ts";
import { type Hand, restingHand, stepHand } from "./people/hand.ts";
import { type Body, type Controls, restingBody, restingControls, type Traits } from "./physics/body.ts";
import { readingOf } from "./physics/reading.ts";
import { stepBody } from "./physics/step-body.ts";
import { traitsOf } from "./physics/traits.ts";
import { createRandom, type Random } from "./random.ts";

/** With an arc the body is followed this finely; at rest one step takes it to the next reading. */
const arcStepMs = 500;
/** A machine that nobody looked at for so long is not followed through every second of it. */
const longestCatchUpMs = 300_000;

/** One machine in the world: its body, what people do to it, and the hand of the welder at it. */
export class SimulatedMachine {
  readonly machine: DemoMachine;
  readonly traits: Traits;
  readonly #random: Random;
  #body: Body;
  #controls: Controls = restingControls;
  #hand: Hand | undefined;
  #atMs: number;

  constructor(machine: DemoMachine, seed: number | string, nowMs: number) {
    this.machine = machine;
    this.traits = traitsOf(machine);
    this.#random = createRandom(`${seed}/${machine.machineId}/body`);
    this.#body = restingBody(this.traits, machine.home);
    this.#atMs = nowMs;
  }

  get body(): Body {
    return this.#body;
  }

  get controls(): Controls {
    return this.#controls;
  }

  /** Changes what people, or the chip's relay, do from `nowMs` on. */
  change(nowMs: number, change: Partial<Controls>): void {
    this.#advance(nowMs);
    this.#controls = { ...this.#controls, ...change };
  }

  /** A welder takes the torch: arcs and pauses follow as long as there is power. */
  takeTorch(nowMs: number): void {
    this.#advance(nowMs);
    this.#hand = restingHand(this.#random);
  }

  putTorchDown(nowMs: number): void {
    this.#advance(nowMs);
    this.#hand = undefined;
    this.#controls = { ...this.#controls, trigger: false };
  }

  /** What the chip's sensors say at `nowMs`. */
  read(nowMs: number): Reading {
    this.#advance(nowMs);
    return readingOf(this.#body, this.#controls, this.traits);
  }

  #advance(nowMs: number): void {
    let leftMs = Math.min(longestCatchUpMs, Math.max(0, nowMs - this.#atMs));
    this.#atMs = Math.max(this.#atMs, nowMs);
    while (leftMs > 0) {
      const dtMs = this.#hand || this.#controls.trigger ? Math.min(arcStepMs, leftMs) : leftMs;
      this.#step(dtMs);
      leftMs -= dtMs;
    }
  }

  #step(dtMs: number): void {
    if (this.#hand) {
      this.#hand = stepHand(this.#hand, this.traits.model.process, this.#random, dtMs);
      if (this.#hand.isWelding !== this.#controls.trigger) {
        this.#controls = { ...this.#controls, trigger: this.#hand.isWelding };
      }
    }
    this.#body = stepBody(this.#body, this.#controls, this.traits, this.#random, dtMs);
  }
}
