import type { PersonId, WorkSessionId } from "@hanyouxu/protocol";

/** What a key area demands before, during and after hot work. */
export interface ClearanceDemands {
  permit: boolean;
  sceneCheck: boolean;
  fireWatch: boolean;
  smoulderWatch: boolean;
}

/** Where a clearance stands, the one word that lists and cards show; derived by `phaseOf`. */
export const clearancePhases = [
  "preparing",
  "checking",
  "referred",
  "watch-missing",
  "ready",
  "working",
  "paused",
  "smouldering",
  "closed",
  "forbidden",
  "cancelled",
  "expired",
] as const;
export type ClearancePhase = (typeof clearancePhases)[number];

export interface PermitPart {
  permitId: string;
  status: "waiting" | "approved" | "suspended";
  approverId: PersonId | null;
  /** Both 0 until it is approved. */
  validFromMs: number;
  validToMs: number;
}

export interface ScenePart {
  status: "missing" | "waiting" | "passed" | "failed" | "referred";
  /** How often a scene was sent in. */
  attempts: number;
  /** How often it was found wanting; `sceneAttempts` of them call the station. */
  fails: number;
  sceneCheckId: string | null;
  /** While waiting: when it should be judged. */
  dueAtMs: number | null;
  wasReminded: boolean;
  /** While passed and before work: when the pass is too old. */
  validToMs: number | null;
}

/** Why the station was called. */
export type StationCause = "scene" | "smoulder";

export interface StationPart {
  status: "alerted" | "accepted" | "on-site" | "released" | "forbidden";
  cause: StationCause;
  /** 0: the station of the place; each step up the region tree adds one. */
  level: number;
  dueAtMs: number | null;
}

export interface WatchPart {
  personId: PersonId;
  /** `warned`: left or silent, new arcs stop at `dueAtMs`; `absent`: they have stopped. */
  status: "present" | "asked" | "warned" | "absent";
  /** present: next question; asked: answer due; warned: grace ends. */
  dueAtMs: number | null;
}

export interface WorkPart {
  openSessionId: WorkSessionId | null;
  sessionCount: number;
  lastEndedAtMs: number | null;
  /** Said by the welder, or found by the break or the permit's end: no session follows. */
  isFinished: boolean;
  /** More work follows under the same permit, in a clearance of its own. */
  permitContinues: boolean;
}

export interface SmoulderPlan {
  minutes: number;
  checkEveryMinutes: number;
}

export interface SmoulderPart {
  startedAtMs: number;
  endsAtMs: number;
  nextCheckDueAtMs: number;
  checks: number;
  /** Checks in a row that nobody made in time. */
  misses: number;
  wasReminded: boolean;
}

/** A clearance from the entry into the key area to the closed smoulder watch. JSON all through. */
export interface ClearanceState {
  demands: ClearanceDemands;
  welderPersonId: PersonId;
  smoulderPlan: SmoulderPlan;
  /** Failed scene checks of an earlier clearance of the same place that count in this one. */
  earlierFails: number;
  openedAtMs: number;
  /** Time never goes back: the latest instant that was taken in. */
  atMs: number;
  permit: PermitPart | null;
  scene: ScenePart;
  station: StationPart | null;
  watch: WatchPart | null;
  work: WorkPart;
  smoulder: SmoulderPart | null;
  end: { kind: "closed" | "forbidden" | "cancelled" | "expired"; atMs: number } | null;
}

export type ClearanceEvent =
  | { kind: "permit-attached"; permitId: string }
  | {
      kind: "permit-approved";
      permitId: string;
      approverId: PersonId;
      validFromMs: number;
      validToMs: number;
    }
  | { kind: "permit-suspended" | "permit-resumed" | "permit-ended"; permitId: string }
  | { kind: "scene-submitted"; sceneCheckId: string }
  | { kind: "scene-judged"; sceneCheckId: string; verdict: "pass" | "fail" | "refer" }
  | { kind: "station-accepted" }
  | { kind: "station-arrived" }
  | { kind: "station-decided"; decision: "release" | "forbid" }
  /** The site code was scanned at the place; another person's scan is the hand-over. */
  | { kind: "watch-confirmed"; personId: PersonId }
  /** Where the watch's phone is; at the place it answers a question too. */
  | { kind: "watch-seen"; personId: PersonId; isAtPlace: boolean }
  | { kind: "session-started"; workSessionId: WorkSessionId }
  | { kind: "session-ended"; workSessionId: WorkSessionId }
  | { kind: "work-finished"; permitContinues: boolean }
  | { kind: "smoulder-checked"; isSafe: boolean }
  | { kind: "smoulder-closed" }
  | { kind: "cancelled" }
  /** Nothing but time has passed. */
  | { kind: "time" };

/** What the world has to do about a step, in this order. */
export type ClearanceEffect =
  | { kind: "stop-new-arcs"; workSessionId: WorkSessionId; because: StopCause }
  | { kind: "call-station"; cause: StationCause; level: number }
  | { kind: "close-permit"; permitId: string }
  | { kind: "tell"; whom: "welder" | "watch" | "reviewers"; what: ClearanceNews };

export type StopCause = "watch-absent" | "permit-suspended" | "permit-ended" | "permit-expired";

/** What people are told; the words belong to the screens. */
export const clearanceNews = [
  "permit-approved",
  "permit-suspended",
  "permit-ended",
  "scene-waits",
  "scene-overdue",
  "scene-passed",
  "scene-failed",
  "scene-referred",
  "scene-too-old",
  "station-released",
  "station-forbade",
  "watch-asked",
  "watch-warned",
  "watch-absent",
  "watch-returned",
  "watch-relieved",
  "smoulder-started",
  "smoulder-check-due",
  "smoulder-check-late",
  "smoulder-over",
  "clearance-closed",
  "clearance-expired",
] as const;
export type ClearanceNews = (typeof clearanceNews)[number];

/** Why an event cannot be taken; nothing has changed. */
export type ClearanceRefusal =
  | "ended"
  | "not-demanded"
  | "permit-attached-already"
  | "other-permit"
  | "permit-not-approved"
  | "scene-waits"
  | "scene-passed-already"
  | "scene-not-waiting"
  | "scene-not-passed"
  | "station-not-called"
  | "station-order"
  | "welder-is-watch"
  | "approver-is-watch"
  | "not-the-watch"
  | "not-ready"
  | "session-runs"
  | "other-session"
  | "nothing-welded"
  | "finished-already"
  | "no-smoulder-watch"
  | "smoulder-too-early"
  | "smoulder-check-missing";
