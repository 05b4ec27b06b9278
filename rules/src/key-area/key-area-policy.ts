import { type KeyAreaKind, regimeOfKind } from "./key-area-kind.ts";

/** What a key area demands: data that staff set for each area, with versions. */
export interface KeyAreaPolicy {
  /** What must be there before a machine may start, and after it has stopped. */
  demands: {
    /** A hot-work permit. */
    permit: boolean;
    /** Pictures of the scene that were found good. */
    sceneCheck: boolean;
    /** A fire watch who has scanned the area's code. */
    fireWatch: boolean;
    /** Somebody stays after the work and looks for smoulder. */
    smoulderWatch: boolean;
  };
  /** So many failed scene checks call the fire station. */
  sceneCheckAttempts: number;
  /** A machine that comes in while it works may go on so long until it is cleared; 0: no new arc from then on. */
  graceMinutes: number;
  /** How long the smoulder watch lasts, where one is demanded. */
  smoulderWatchMinutes: number;
  /** Whether hot work may be done while the public is inside: within the opening hours. */
  workWhileOpen: "allowed" | "forbidden";
}

/** What a new area of a kind starts with: the strictest for places full of people or of what burns. */
export function defaultKeyAreaPolicy(kind: KeyAreaKind): KeyAreaPolicy {
  const regime = regimeOfKind(kind);
  return {
    demands: { permit: true, sceneCheck: true, fireWatch: true, smoulderWatch: true },
    sceneCheckAttempts: 2,
    graceMinutes: regime === "general" || regime === "building-site" ? 10 : 0,
    smoulderWatchMinutes: regime === "general" ? 30 : 60,
    workWhileOpen: regime === "crowded-place" ? "forbidden" : "allowed",
  };
}
