import type { ChipId, EnterpriseId, MachineId, RegionCode } from "@hanyouxu/protocol";
import type { KeptFix } from "../../fence/believed-fixes.ts";
import type { PlaceMemory } from "../../fence/place-tracker.ts";
import type { Twin } from "../twins/twins.ts";

export interface Gap {
  boot: number;
  seq: number;
  sightings: number;
  sinceMs: number;
}

/** A chip as ingest works on it: who it is, where its event chain stands, the machine it sits in, its twin. */
export interface LoadedChip {
  chipId: ChipId;
  spki: Uint8Array;
  isRevoked: boolean;
  /** The last event applied; (0, 0) before the first. */
  eventBoot: number;
  eventSeq: number;
  eventHash: Uint8Array | null;
  chainBreaks: number;
  /** The lowest event seen beyond a gap, how often it came and since when; null without a gap. */
  gap: Gap | null;
  machineId: MachineId | null;
  enterpriseId: EnterpriseId | null;
  regionCode: RegionCode | null;
  /** What the platform wants; the twin says what the chip has. */
  isMachineLocked: boolean;
  twin: Twin | null;
  /** The twin's place as it was before the batch. */
  lastPlace: KeptFix | null;
  /** What is remembered of the machine near key areas. */
  placeMemory: PlaceMemory | null;
}

export { eventCursorsToSave, loadChipsForUpdate } from "./queries.ts";
