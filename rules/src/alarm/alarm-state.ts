import type { PersonId } from "@hanyouxu/protocol";
import type { AlarmClearing, AlarmLimits, AlarmSeverity } from "./alarm-kind.ts";

/** Whether what was alarmed about is still so. */
export type AlarmCondition = "active" | "cleared";

/** How far people are with it. `recorded`: history only, it never was a live alarm. */
export const alarmHandlings = [
  "unacknowledged",
  "acknowledged",
  "dispatched",
  "accepted",
  "on-site",
  "handled",
  "verified",
  "closed",
  "false-alarm",
  "merged",
  "recorded",
] as const;
export type AlarmHandling = (typeof alarmHandlings)[number];

/** To whom it was given: a department, a person, or both. */
export interface AlarmAssignee {
  department: string | null;
  personId: PersonId | null;
}

/** An alarm from the first raising to the end. JSON all through. */
export interface AlarmState {
  severity: AlarmSeverity;
  clearing: AlarmClearing;
  /** The numbers that held when it was raised, and hold for it to the end. */
  limits: AlarmLimits;
  /** How many levels of the region tree lie above its region. */
  topLevel: number;
  condition: AlarmCondition;
  handling: AlarmHandling;
  raisedCount: number;
  /** 0: the people of its own region; each deadline that passed adds one. */
  level: number;
  /** When nobody has gone on by then, it escalates; null: it is over, or nobody is left to tell. */
  dueAtMs: number | null;
  assignee: AlarmAssignee | null;
  handledBy: PersonId | null;
  /** Time never goes back: the latest instant that was taken in. */
  atMs: number;
}

/** What a person does about an alarm. */
export type AlarmAct =
  | { kind: "acknowledge" }
  /** Also the hand-over from one department to another. */
  | { kind: "dispatch"; assignee: AlarmAssignee }
  | { kind: "accept" }
  | { kind: "arrive" }
  | { kind: "handle" }
  | { kind: "verify" }
  | { kind: "close" }
  | { kind: "reopen" }
  | { kind: "false-alarm" }
  | { kind: "merge" };

export const alarmActKinds = [
  "acknowledge",
  "dispatch",
  "accept",
  "arrive",
  "handle",
  "verify",
  "close",
  "reopen",
  "false-alarm",
  "merge",
] as const satisfies AlarmAct["kind"][];
export type AlarmActKind = (typeof alarmActKinds)[number];

export type AlarmEvent =
  | { kind: "raised-again" }
  | { kind: "cleared" }
  /** Nothing but time has passed. */
  | { kind: "time" }
  /** Another alarm has taken its place; nobody needs to act on this one. */
  | { kind: "superseded" }
  | (AlarmAct & { by: PersonId });

/** What people are to be told after a step. */
export type AlarmNews =
  | { kind: "raised-again" }
  | { kind: "cleared" }
  | { kind: "escalated"; level: number; atMs: number }
  | { kind: "dispatched"; assignee: AlarmAssignee };

/** Why an act cannot be taken; nothing has changed. */
export type AlarmRefusal =
  | "over"
  | "not-over"
  | "order"
  | "not-yours"
  | "still-active"
  | "verified-by-handler"
  | "not-live";
