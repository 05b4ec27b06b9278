import type { ChipLink, ChipStorage, GasSensorTraits } from "@hanyouxu/chip";
import { type ChipHost, startChipHost } from "@hanyouxu/chip/hosts/node";
import type { ChipId, Clock, Peripheral, RandomBytes } from "@hanyouxu/protocol";
import { SimulatedCamera } from "./cameras/simulated-camera.ts";
import type { ChipIdentity } from "./chip-identity.ts";
import type { DemoMachine } from "./county/types.ts";
import type { Controls } from "./physics/body.ts";
import { SimulatedMachine } from "./simulated-machine.ts";

export interface OnlineMachineOptions {
  machine: DemoMachine;
  identity: ChipIdentity;
  clock: Clock;
  seed: number | string;
  storage: "file" | "memory" | ChipStorage;
  /** The chip's: nonces and jitter. By default the computer's own. */
  random?: RandomBytes | undefined;
  /** Instead of MQTT over mutual TLS: a link of the testbed's. */
  link?: ((identity: ChipIdentity) => ChipLink) | undefined;
  /** Where chips with a camera send their pictures; without it none has one. */
  platformUrl?: string | undefined;
  /** Has a camera whatever its traits say. */
  isFilmed?: boolean;
  idleReadingMs: number;
  workingReadingMs: number;
  onFailure(machine: DemoMachine, error: unknown): void;
}

/** A simulated machine whose chip is the real program on the real host, with sensors and relay in the simulation. */
export class OnlineMachine {
  readonly machine: DemoMachine;
  readonly chipId: ChipId;
  /** As the label says. */
  readonly machineCode: string;
  readonly world: SimulatedMachine;
  /** Undefined for a machine without one. */
  readonly camera: SimulatedCamera | undefined;
  readonly #clock: Clock;
  readonly #boot: (clockErrorMs: number, warmUpMs: number) => ChipHost;
  #chip: ChipHost;
  #hasPower = true;

  constructor(options: OnlineMachineOptions) {
    const { machine, identity, clock } = options;
    const { keys, enrolment, dir } = identity;
    const world = new SimulatedMachine(machine, options.seed, clock.nowMs());
    this.machine = machine;
    this.chipId = keys.chipId;
    this.machineCode = enrolment.machineCode;
    this.world = world;
    this.#clock = clock;
    const { platformUrl } = options;
    const isFitted = world.traits.hasCamera || options.isFilmed === true;
    const hasCamera = isFitted && platformUrl !== undefined;
    this.camera = hasCamera ? new SimulatedCamera(world, clock) : undefined;
    const { storage, random } = options;
    const chipOptions: Parameters<typeof startChipHost>[0] = {
      privateKeyPem: keys.privateKeyPem,
      platformKeys: enrolment.platformKeys.map((key) => new Uint8Array(Buffer.from(key, "base64"))),
      connection: options.link?.(identity) ?? enrolment,
      storage: storage === "file" ? { dir } : storage,
      clock,
      ...(random ? { random } : {}),
      fitted: [...fittedTo(world), ...(this.camera ? (["camera"] as const) : [])],
      cameras:
        this.camera && platformUrl ? { traits: CAMERA_TRAITS, cameras: this.camera, platformUrl } : undefined,
      sensors: () => world.read(clock.nowMs()),
      onRelay: (relayClosed) => world.change(clock.nowMs(), { relayClosed }),
      onFailure: (error) => options.onFailure(machine, error),
      idleReadingMs: options.idleReadingMs,
      workingReadingMs: options.workingReadingMs,
    };
    const gasSensor = gasSensorOf(world, clock.nowMs());
    this.#boot = (clockErrorMs, warmUpMs) =>
      startChipHost({
        ...chipOptions,
        gasSensor: { ...gasSensor, warmUpMs },
        rtcMs: clock.nowMs() + clockErrorMs,
      });
    // When a simulation begins its machines have been on mains for long.
    this.#chip = this.#boot(0, 0);
  }

  /** The program as it runs since the last boot. */
  get chip(): ChipHost {
    return this.#chip;
  }

  /** False between `cutPower` and `restorePower`. */
  get hasPower(): boolean {
    return this.#hasPower;
  }

  /** Mains and the chip's battery are gone at once. */
  cutPower(): void {
    this.#hasPower = false;
    this.#chip.kill();
  }

  /** Power is back; the chip's own clock is off by so much. */
  restorePower(clockErrorMs = 0): void {
    if (this.#hasPower) return;
    this.#hasPower = true;
    this.#chip = this.#boot(clockErrorMs, WARM_UP_MS);
  }

  /** Something happens to the machine that the chip feels at once: a cut loop, a bridge, a leak. */
  disturb(change: Partial<Omit<Controls, "relayClosed">>): void {
    this.world.change(this.#clock.nowMs(), change);
    if (this.#hasPower) this.chip.senseNow();
  }

  takeTorch(): void {
    this.world.takeTorch(this.#clock.nowMs());
  }

  putTorchDown(): void {
    this.world.putTorchDown(this.#clock.nowMs());
  }

  get isPowered(): boolean {
    return this.chip.relayClosed;
  }
}

function fittedTo(world: SimulatedMachine): Peripheral[] {
  const fitted: Peripheral[] = ["gnss", "current-sensor", "tamper-loop"];
  return world.traits.hasGasSensor ? [...fitted, "gas-sensor"] : fitted;
}

/** One camera on a mobile network: two days of pictures without a link, and a fifth of a megabit for uploads. */
const CAMERA_TRAITS = { count: 1, storeBytes: 16_000_000, uplinkBytesPerSecond: 24_000 };

const DAY_MS = 86_400_000;

/** From cold, after the power was gone. */
const WARM_UP_MS = 20_000;

/** A quick catalytic cell whose raw value is never quite still. */
function gasSensorOf({ traits }: SimulatedMachine, nowMs: number): Omit<GasSensorTraits, "warmUpMs"> {
  return {
    rawMin: 200,
    rawMax: 6_000,
    stuckAfterMs: 900_000,
    calibratedAtMs: nowMs - traits.gasCalibratedDaysAgo * DAY_MS,
  };
}
