import type { ChipStorage, Snapshot, StoredEvent } from "@hanyouxu/chip";
import {
  type ChipEvent,
  type ChipId,
  decodeEvent,
  decodeTelemetry,
  type Grant,
  openCommand,
  type Verifier,
} from "@hanyouxu/protocol";
import type { UplinkMessage } from "@hanyouxu/server";

export interface TruePlace {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

/** A time in which a relay was closed. */
export interface PowerSpan {
  machineId: string;
  chipId: ChipId;
  workSessionId: string;
  closedAtMs: number;
  /** Where the machine truly stood when it was closed, as far as anybody looked. */
  place: TruePlace | undefined;
  /** Undefined while it is closed. */
  openedAtMs: number | undefined;
  /** The chip's power went, and with it what it had not yet written. */
  endedByPowerCut: boolean;
}

export interface SignedGrant {
  chipId: ChipId;
  grant: Grant;
  acceptBySeconds: number;
}

export interface WrittenEvent {
  event: ChipEvent;
  bytes: Uint8Array;
}

/** What truly happened, seen from outside the platform: the invariants compare it with what the platform says. */
export class WorldRecord {
  readonly spans: PowerSpan[] = [];
  /** By machine: the relays that are closed now. */
  readonly openSpans = new Map<string, PowerSpan>();
  /** How often a work session's grant has closed a relay. */
  readonly closings = new Map<string, number>();
  /** By work session: a grant can be signed again for a newer state of the chip. */
  readonly grants = new Map<string, SignedGrant[]>();
  /** Per chip by "boot/seq", in the order of writing. */
  readonly events = new Map<ChipId, Map<string, WrittenEvent>>();
  /** The furthest acknowledgement handed to the broker, per chip. */
  readonly acknowledged = new Map<ChipId, { boot: number; seq: number }>();
  /** Samples of telemetry that the platform has taken and the chip has dated, by chip, boot and batch. */
  readonly telemetry = new Map<string, { chipId: ChipId; instants: readonly number[] }>();
  /** Work sessions that phones were told of. */
  readonly promisedSessions = new Set<string>();
  readonly #verifier: Verifier;

  constructor(verifier: Verifier) {
    this.#verifier = verifier;
  }

  /** Follows one relay; `workSessionId` is what the chip says it is closed for. */
  seeRelay(
    machineId: string,
    chipId: ChipId,
    relay: { isClosed: boolean; workSessionId: string | undefined; hasPower: boolean; place?: TruePlace },
    nowMs: number,
  ): void {
    const open = this.openSpans.get(machineId);
    const workSessionId = relay.workSessionId ?? "none";
    if (open && relay.isClosed && open.workSessionId === workSessionId) return;
    if (open) {
      open.openedAtMs = nowMs;
      open.endedByPowerCut = !relay.hasPower;
      this.openSpans.delete(machineId);
    }
    if (!relay.isClosed) return;
    const span = {
      machineId,
      chipId,
      workSessionId,
      closedAtMs: nowMs,
      place: relay.place,
      openedAtMs: undefined,
      endedByPowerCut: false,
    };
    this.spans.push(span);
    this.openSpans.set(machineId, span);
    this.closings.set(workSessionId, (this.closings.get(workSessionId) ?? 0) + 1);
  }

  /** What the platform signs counts, nothing else. */
  seeDownlink(chipId: ChipId, bytes: Uint8Array): void {
    const opened = openCommand(bytes, this.#verifier);
    if (!opened.ok) return;
    const command = opened.value;
    if (command.audience !== chipId) return;
    if (command.kind === "grant") {
      const grants = this.grants.get(command.workSessionId) ?? [];
      grants.push({ chipId, grant: command, acceptBySeconds: command.acceptBySeconds });
      this.grants.set(command.workSessionId, grants);
    }
    if (command.kind === "acknowledgement") {
      const { boot, seq } = command;
      const known = this.acknowledged.get(chipId);
      if (!known || boot > known.boot || (boot === known.boot && seq > known.seq)) {
        this.acknowledged.set(chipId, { boot, seq });
      }
    }
  }

  seeConsumed({ chipId, channel, payload, receivedAtMs }: UplinkMessage): void {
    if (channel !== "t") return;
    const decoded = decodeTelemetry(payload);
    if (!decoded.ok) return;
    const { boot, batch, clockMs, clockTrust, samples } = decoded.value;
    const instants = samples.map(({ offsetMs }) => clockMs + offsetMs);
    // What the platform dates itself, because the chip's clock is unproven or ahead, can fall on one instant.
    if (clockTrust !== "verified" || instants.at(-1)! > receivedAtMs) return;
    this.telemetry.set(`${chipId}/${boot}/${batch}`, { chipId, instants });
  }

  /** The chip's flash, with a copy of everything ever written to it. */
  recording(chipId: ChipId, storage: ChipStorage): ChipStorage {
    const written = new Map<string, WrittenEvent>();
    this.events.set(chipId, written);
    return {
      load: () => storage.load(),
      persist(events: readonly StoredEvent[], snapshot: Snapshot) {
        storage.persist(events, snapshot);
        for (const { boot, seq, bytes } of events) {
          const decoded = decodeEvent(bytes);
          if (!decoded.ok) throw new Error(`a chip wrote what nobody can read: ${decoded.reason.code}`);
          written.set(`${boot}/${seq}`, { event: decoded.value, bytes });
        }
      },
      close: () => storage.close(),
    };
  }
}
