import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  type CameraBody,
  type CameraTraits,
  type ChipCameras,
  type ChipEffect,
  type ChipLink,
  type ChipState,
  type ChipStorage,
  type GasSensorTraits,
  type IndicatorPattern,
  type PictureStore,
  QUIET_READING,
  type Reading,
  type ReadSensors,
  runChip,
} from "@hanyouxu/chip";
import type { ChipId, Clock, Peripheral, RandomBytes, ResetCause } from "@hanyouxu/protocol";
import { createMemoryStorage, openFileStorage } from "./file-storage.ts";
import { createHttpPictureUplink } from "./http-picture-uplink.ts";
import { type ChipKeys, chipKeys, es256Verifier, sha256 } from "./keys.ts";
import { createMqttLink } from "./mqtt-link.ts";
import { createMemoryPictures, openFilePictures } from "./picture-store.ts";
import { systemClock } from "./system-clock.ts";

export const NODE_HOST_FIRMWARE = "hy1-node-0.1.0";

export interface ChipHostOptions {
  /** PKCS#8, P-256; the chip id follows from it. */
  privateKeyPem: string;
  /** SPKI (DER) of the platform's signing keys. */
  platformKeys: readonly Uint8Array[];
  /** How to reach the broker; or a link of one's own, such as the testbed's in-memory one. */
  connection:
    | { brokerUrl: string; certificatePem: string; caPem: string; keepaliveSeconds?: number }
    | ChipLink;
  /** A folder of its own for the chip's flash, "memory", or a storage that outlives the host. */
  storage: { dir: string } | "memory" | ChipStorage;
  /** Monotonic. Real time by default. */
  clock?: Clock;
  random?: RandomBytes;
  fitted?: readonly Peripheral[];
  gasSensor?: GasSensorTraits | undefined;
  /** Cameras, what they may cost, and where their pictures go: over HTTP to the platform. */
  cameras?:
    | { traits: CameraTraits; cameras: ChipCameras; platformUrl: string; store?: PictureStore }
    | undefined;
  firmware?: string;
  resetCause?: ResetCause;
  /** The battery-backed clock at start: by default `clock`'s time; null for a chip without one. */
  rtcMs?: number | null;
  /** Asked at every turn; by default what was pushed last. */
  sensors?: ReadSensors;
  workingReadingMs?: number;
  idleReadingMs?: number;
  onRelay?(closed: boolean): void;
  onIndicator?(pattern: IndicatorPattern): void;
  onEffect?(effect: ChipEffect): void;
  onFailure?(error: unknown): void;
}

export interface ChipHost {
  readonly chipId: ChipId;
  readonly relayClosed: boolean;
  state(): ChipState;
  /** What the sensors say from now on, seen at once. Only without `sensors`. */
  pushReading(reading: Reading): void;
  /** Cuts the loop through the housing, or mends it; seen at once. */
  setTamperLoop(isIntact: boolean): void;
  /** Has the sensors looked at now. */
  senseNow(): void;
  failPower(): void;
  stop(): Promise<void>;
  kill(): void;
}

/** Gives the chip's program a body on this computer. @throws when keys or storage cannot be used */
export function startChipHost(options: ChipHostOptions): ChipHost {
  const { clock = systemClock, connection, storage } = options;
  const keys = chipKeys(options.privateKeyPem);
  const { chipId, privateKeyPem } = keys;
  let pushed: Reading = QUIET_READING;
  let isLoopIntact = true;
  let relayClosed = false;

  const chip = runChip({
    ports: {
      chipId,
      firmware: options.firmware ?? NODE_HOST_FIRMWARE,
      fitted: options.fitted ?? ["gnss", "current-sensor", "tamper-loop"],
      gasSensor: options.gasSensor,
      cameras: options.cameras?.traits,
      verifier: es256Verifier(options.platformKeys),
      signer: keys.signer,
      sha256,
      random: options.random ?? ((length) => new Uint8Array(randomBytes(length))),
    },
    clock,
    storage: openStorage(storage),
    link: "open" in connection ? connection : createMqttLink({ chipId, privateKeyPem, ...connection }),
    sensors: () => {
      const reading = options.sensors ? options.sensors() : pushed;
      return reading && { ...reading, tamperLoopIntact: reading.tamperLoopIntact && isLoopIntact };
    },
    camera: cameraBody(options, keys),
    setRelay(closed) {
      relayClosed = closed;
      options.onRelay?.(closed);
    },
    setIndicator: options.onIndicator,
    onEffect: options.onEffect,
    onFailure: options.onFailure,
    resetCause: options.resetCause,
    rtcMs: options.rtcMs === undefined ? clock.nowMs() : options.rtcMs,
    workingReadingMs: options.workingReadingMs,
    idleReadingMs: options.idleReadingMs,
  });

  return {
    chipId,
    get relayClosed() {
      return relayClosed;
    },
    state: chip.state,
    pushReading(reading) {
      pushed = reading;
      chip.senseNow();
    },
    setTamperLoop(isIntact) {
      isLoopIntact = isIntact;
      chip.senseNow();
    },
    senseNow: chip.senseNow,
    failPower: chip.failPower,
    stop: chip.stop,
    kill: chip.kill,
  };
}

function cameraBody(options: ChipHostOptions, { chipId, signer }: ChipKeys): CameraBody | undefined {
  if (!options.cameras) return undefined;
  const { cameras, platformUrl, store } = options.cameras;
  const { storage } = options;
  const own = () =>
    typeof storage === "object" && "dir" in storage
      ? openFilePictures(join(storage.dir, "pictures"))
      : createMemoryPictures();
  return {
    cameras,
    store: store ?? own(),
    uplink: createHttpPictureUplink({ platformUrl, chipId, signer }),
  };
}

function openStorage(storage: ChipHostOptions["storage"]): ChipStorage {
  if (storage === "memory") return createMemoryStorage();
  return "dir" in storage ? openFileStorage(storage.dir) : storage;
}
