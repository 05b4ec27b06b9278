import type { AnswerFrame, ChipEvent, ChipId, TelemetryBatch, WorkSessionId } from "@hanyouxu/protocol";
import type { UplinkMessage } from "../broker/broker.ts";
import type { TakenEvent } from "../features/chip-events/chip-events.ts";
import type { LoadedChip } from "../features/chips/chips.ts";
import type { Acceptance, PreparedCommand } from "../features/commands/commands.ts";
import type { PlaceNews } from "../features/places/places.ts";
import type { QuarantinedFrame } from "../features/quarantine/quarantine.ts";
import type { Twin } from "../features/twins/twins.ts";

/** What a decoded message says. */
export type FrameBody =
  | { channel: "t"; batch: TelemetryBatch }
  | { channel: "e"; event: ChipEvent; hash: Uint8Array }
  | { channel: "a"; answer: AnswerFrame };

export interface Frame {
  message: UplinkMessage;
  body: FrameBody;
}

/**
 * The messages that are carried through the steps and committed together. A step takes frames out by giving them a
 * fate; what it learns for later steps it leaves here.
 */
export interface Batch {
  frames: Frame[];
  quarantined: QuarantinedFrame[];
  /** The chips of the batch, locked. */
  chips: Map<ChipId, LoadedChip>;
  /** Chips whose event cursor the batch has moved. */
  movedChips: Set<ChipId>;
  /** Events of the batch, in each chip's order, none seen before. */
  events: TakenEvent[];
  /** Answers that say only that a command was accepted: nothing depends on them within the batch. */
  acceptances: Acceptance[];
  twins: Map<ChipId, Twin>;
  /** Where machines have turned out to be, as to key areas. */
  places: PlaceNews;
  changedSessions: Set<WorkSessionId>;
  /** Alarms were written: who shows them is told after the commit. */
  hasAlarms: boolean;
  /** Chips to be told how far their events are kept: after the commit. */
  acknowledge: Set<ChipId>;
  /** Hellos to be answered with the time: after the commit. */
  hellos: { chipId: ChipId; nonce: string; boot: number }[];
  /** Commands made by steps, recorded in the transaction: sent after the commit. */
  commands: PreparedCommand[];
}

/** What becomes of a frame; each is counted. */
export type Fate = "taken" | "duplicate" | "ahead" | "quarantined";
