import type { ChipId } from "@hanyouxu/protocol";
import type { County } from "@hanyouxu/simulator";
import type { WorldRecord } from "../virtual/world-record.ts";

/** One machine as somebody standing beside it sees it. */
export interface SeenMachine {
  readonly machineId: string;
  readonly chipId: ChipId;
  /** The relay is closed. */
  readonly isPowered: boolean;
  readonly isLoopCut: boolean;
  /** Combustible gas as the chip's sensor shows it; null without a sensor. */
  readonly gasLelPermille: number | null;
  /** Every event the chip has written is acknowledged, and it is connected. */
  readonly isCaughtUp: boolean;
}

export interface World {
  readonly nowMs: number;
  readonly machines: readonly SeenMachine[];
  readonly record: WorldRecord;
  readonly county: County;
  /** How far a chip's clock may be off by what was done to it. */
  readonly clockToleranceMs: number;
}

/** Reads what the platform has committed. */
export interface Platform {
  read<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** A promise of the design; a check gives what broke it, in words. */
export interface Invariant {
  readonly name: string;
  /** After every step; looks at the world only. */
  checkStep?(world: World): string[];
  /** Now and then, and at the end: compares the world with what the platform has. */
  checkPlatform?(world: World, platform: Platform): Promise<string[]>;
}
