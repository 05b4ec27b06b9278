import type { Clock, ResetCause, Timer } from "@hanyouxu/protocol";
import type { ChipEffect } from "../effects.ts";
import type { ChipInput } from "../inputs.ts";
import type { ChipPorts } from "../ports.ts";
import { nextDueUptimeMs, step } from "../runtime.ts";
import { restoreChip } from "../snapshot.ts";
import type { ChipState, IndicatorPattern } from "../state.ts";
import { type CameraBody, cameraHands } from "./camera-hands.ts";
import type { ChipLink, ChipStorage, ReadSensors } from "./host-ports.ts";

/** Everything a body must bring; see `ChipLink` and `ChipStorage`. */
export interface ChipBody {
  ports: ChipPorts;
  /** Only goes forward: uptime is counted on it. */
  clock: Clock;
  storage: ChipStorage;
  link: ChipLink;
  sensors: ReadSensors;
  setRelay(closed: boolean): void;
  /** Where `ports.cameras` says that there are some. */
  camera?: CameraBody | undefined;
  setIndicator?(pattern: IndicatorPattern): void;
  /** Sees every effect after it was done. */
  onEffect?(effect: ChipEffect): void;
  /** The flash failed: the relay has been opened and the chip stands still. Without it the error propagates. */
  onFailure?(error: unknown): void;
  resetCause?: ResetCause;
  /** The battery-backed clock at start; null without one. */
  rtcMs: number | null;
  /** How often the sensors are looked at: with the relay closed, or current past it; and with the machine at rest. */
  workingReadingMs?: number;
  idleReadingMs?: number;
}

export interface RunningChip {
  state(): ChipState;
  /** Looks at the sensors at once instead of at the next turn: an interrupt line. */
  senseNow(): void;
  /** Hands the supply's warning to the program: its record is closed in order. */
  failPower(): void;
  /** Shuts down in order: as a failing supply, then a clean disconnect. */
  stop(): Promise<void>;
  /** As pulling the plug: the relay falls open, nothing more is written or sent. */
  kill(): void;
}

const LONGEST_SLEEP_MS = 3_600_000;

/** Boots the program on a body and keeps it running on one timer. */
export function runChip(body: ChipBody): RunningChip {
  const { clock, ports, workingReadingMs = 1_000, idleReadingMs = 10_000 } = body;
  const startedAtMs = clock.nowMs();
  let state = restoreChip(body.storage.load());
  let readingDueUptimeMs = 0;
  let lookedAtUptimeMs = 0;
  let isRelayClosed = false;
  let timer: Timer | undefined;
  let isRunning = true;
  let isStepping = false;
  const waiting: (() => ChipInput)[] = [];

  const uptimeMs = () => Math.max(0, Math.floor(clock.nowMs() - startedAtMs));
  const listener = {
    onUp: () => feed(() => ({ kind: "link-up", uptimeMs: uptimeMs() })),
    onDown: () => feed(() => ({ kind: "link-down", uptimeMs: uptimeMs() })),
    onDownlink: (bytes: Uint8Array) => feed(() => ({ kind: "downlink", uptimeMs: uptimeMs(), bytes })),
  };

  const film =
    body.camera &&
    cameraHands(body.camera, {
      sha256: ports.sha256,
      boot: () => state.boot,
      report: (input) => feed(() => ({ ...input, uptimeMs: uptimeMs() })),
    });

  /** Inputs that come in while an effect is being done wait their turn. */
  function feed(input: () => ChipInput): void {
    if (!isRunning) return;
    waiting.push(input);
    if (isStepping) return;
    isStepping = true;
    try {
      for (let next = waiting.shift(); next && isRunning; next = waiting.shift()) {
        const result = step(state, next(), ports);
        state = result.state;
        for (const effect of result.effects) perform(effect);
      }
    } catch (error) {
      kill();
      if (!body.onFailure) throw error;
      body.onFailure(error);
    } finally {
      isStepping = false;
    }
    sleep();
  }

  function perform(effect: ChipEffect): void {
    switch (effect.kind) {
      case "relay":
        switchRelay(effect.closed);
        break;
      case "persist":
        body.storage.persist(effect.events, effect.snapshot);
        break;
      case "publish":
        body.link.publish(effect.channel, effect.bytes);
        break;
      case "connect":
        body.link.open(effect.will, listener);
        break;
      case "indicator":
        body.setIndicator?.(effect.pattern);
        break;
      default:
        film?.(effect);
    }
    body.onEffect?.(effect);
  }

  function switchRelay(closed: boolean): void {
    isRelayClosed = closed;
    if (closed) readingDueUptimeMs = Math.min(readingDueUptimeMs, uptimeMs() + workingReadingMs);
    body.setRelay(closed);
  }

  function sleep(): void {
    if (!isRunning) return;
    timer?.cancel();
    if (state.relayClosed || state.bypass.flowingSinceUptimeMs !== null) {
      readingDueUptimeMs = Math.min(readingDueUptimeMs, lookedAtUptimeMs + workingReadingMs);
    }
    const dueUptimeMs = Math.min(nextDueUptimeMs(state), readingDueUptimeMs);
    timer = clock.setTimer(Math.min(LONGEST_SLEEP_MS, Math.max(0, dueUptimeMs - uptimeMs())), wake);
  }

  function wake(): void {
    if (uptimeMs() >= readingDueUptimeMs) senseNow();
    else feed(() => ({ kind: "tick", uptimeMs: uptimeMs() }));
  }

  function senseNow(): void {
    lookedAtUptimeMs = uptimeMs();
    readingDueUptimeMs = lookedAtUptimeMs + (state.relayClosed ? workingReadingMs : idleReadingMs);
    feed(() => {
      const reading = body.sensors();
      return reading
        ? { kind: "reading", uptimeMs: uptimeMs(), reading }
        : { kind: "tick", uptimeMs: uptimeMs() };
    });
  }

  function halt(): void {
    isRunning = false;
    timer?.cancel();
    if (isRelayClosed) switchRelay(false);
    body.storage.close();
  }

  function kill(): void {
    if (!isRunning) return;
    halt();
    body.link.abort();
  }

  feed(() => ({
    kind: "boot",
    resetCause: body.resetCause ?? "power-on",
    rtcMs: body.rtcMs,
    keptPictures: foundPictures(body.camera),
  }));
  if (isRunning) senseNow();

  return {
    state: () => state,
    senseNow,
    failPower: () => feed(() => ({ kind: "power-failing", uptimeMs: uptimeMs() })),
    async stop() {
      if (!isRunning) return;
      feed(() => ({ kind: "power-failing", uptimeMs: uptimeMs() }));
      halt();
      await body.link.close();
    },
    kill,
  };
}

/** A store that cannot be read is one without pictures: work goes on. */
function foundPictures(camera: CameraBody | undefined): ReturnType<CameraBody["store"]["load"]> {
  try {
    return camera?.store.load() ?? [];
  } catch {
    return [];
  }
}
