import type { PersonId } from "@hanyouxu/protocol";
import { passAlarmTime, restartDeadline, SETTLED } from "./alarm-deadlines.ts";
import type { AlarmLimits } from "./alarm-kind.ts";
import { type AlarmKind, alarmKindTable } from "./alarm-kinds.ts";
import type {
  AlarmActKind,
  AlarmEvent,
  AlarmHandling,
  AlarmNews,
  AlarmRefusal,
  AlarmState,
} from "./alarm-state.ts";

/** The roles that may take each act. Who may see the alarm at all is asked before. */
export const alarmActRoles = {
  acknowledge: ["operator", "regulator", "station-staff"],
  dispatch: ["operator", "regulator", "station-staff"],
  accept: ["operator", "regulator", "station-staff"],
  arrive: ["operator", "regulator", "station-staff"],
  handle: ["operator", "regulator", "station-staff"],
  verify: ["operator", "regulator"],
  close: ["operator", "regulator"],
  reopen: ["operator", "regulator"],
  "false-alarm": ["operator", "regulator"],
  merge: ["operator", "regulator", "station-staff"],
} as const satisfies Record<AlarmActKind, readonly string[]>;

export interface AlarmStepped {
  state: AlarmState;
  news: AlarmNews[];
  /** Why the event itself was not taken; what time brought about holds all the same. */
  refusal?: AlarmRefusal;
}

/**
 * An alarm as it is raised.
 * @param topLevel how many levels of the region tree lie above its region
 * @param atMs milliseconds since 1970
 */
export function openAlarm(kind: AlarmKind, limits: AlarmLimits, topLevel: number, atMs: number): AlarmState {
  const { severity, clearing } = alarmKindTable[kind];
  const state: AlarmState = {
    severity,
    clearing,
    limits,
    topLevel,
    condition: "active",
    handling: "unacknowledged",
    raisedCount: 1,
    level: 0,
    dueAtMs: null,
    assignee: null,
    handledBy: null,
    atMs,
  };
  restartDeadline(state);
  return state;
}

/** An alarm that is kept as history only: nobody handles it, its condition is still followed. */
export function recordAlarm(
  kind: AlarmKind,
  limits: AlarmLimits,
  topLevel: number,
  atMs: number,
): AlarmState {
  return { ...openAlarm(kind, limits, topLevel, atMs), handling: "recorded", dueAtMs: null };
}

/**
 * The whole of an alarm: time passes up to `atMs` (milliseconds since 1970; what lies before the last step counts as
 * that), then the event is taken or refused. Pure.
 */
export function stepAlarm(before: AlarmState, event: AlarmEvent, atMs: number): AlarmStepped {
  const state: AlarmState = { ...before };
  const news = passAlarmTime(state, atMs);
  const refusal = take(state, event, news);
  return { state, news, ...(refusal && { refusal }) };
}

/** Whether nothing more is to be done about it. */
export function isAlarmOver({ handling }: Pick<AlarmState, "handling">): boolean {
  return SETTLED.has(handling);
}

/** The acts that the state allows to this person, whatever the roles say. */
export function possibleAlarmActs(state: AlarmState, by: PersonId): AlarmActKind[] {
  const acts = Object.keys(alarmActRoles) as AlarmActKind[];
  return acts.filter((kind) => refusalOf(state, kind, by) === undefined);
}

function take(state: AlarmState, event: AlarmEvent, news: AlarmNews[]): AlarmRefusal | undefined {
  switch (event.kind) {
    case "time":
      return undefined;
    case "raised-again":
      return raiseAgain(state, news);
    case "cleared":
      clear(state, news);
      return undefined;
    case "superseded":
      if (isAlarmOver(state)) return "over";
      go(state, "merged");
      return undefined;
    default: {
      const refusal = refusalOf(state, event.kind, event.by);
      if (refusal) return refusal;
      act(state, event, news);
      return undefined;
    }
  }
}

function raiseAgain(state: AlarmState, news: AlarmNews[]): AlarmRefusal | undefined {
  if (isAlarmOver(state)) return "over";
  state.raisedCount++;
  const wasCleared = state.condition === "cleared";
  state.condition = "active";
  if (wasCleared) news.push({ kind: "raised-again" });
  // What was done about it did not help: somebody has to look again.
  if (state.handling === "handled" || state.handling === "verified") go(state, "unacknowledged");
  return undefined;
}

function clear(state: AlarmState, news: AlarmNews[]): void {
  if (state.condition === "cleared") return;
  state.condition = "cleared";
  if (isAlarmOver(state)) return;
  news.push({ kind: "cleared" });
  // Nobody needs to go anywhere for a notice that is no more.
  if (state.severity === "notice") go(state, "closed");
}

const WORKED_ON: readonly AlarmHandling[] = ["acknowledged", "dispatched", "accepted", "on-site"];

/** From where each act may be taken. */
const FROM: Record<AlarmActKind, readonly AlarmHandling[]> = {
  acknowledge: ["unacknowledged"],
  dispatch: ["unacknowledged", ...WORKED_ON],
  accept: ["dispatched"],
  arrive: ["acknowledged", "dispatched", "accepted"],
  handle: ["acknowledged", "accepted", "on-site"],
  verify: ["handled"],
  close: ["verified"],
  reopen: ["handled", "verified", "closed", "false-alarm"],
  "false-alarm": ["unacknowledged", ...WORKED_ON, "handled", "verified"],
  merge: ["unacknowledged", ...WORKED_ON, "handled", "verified"],
};

function refusalOf(state: AlarmState, kind: AlarmActKind, by: PersonId): AlarmRefusal | undefined {
  const { handling, condition, severity, clearing, assignee } = state;
  if (handling === "recorded") return "not-live";
  const isClosedNotice = kind === "close" && severity === "notice" && WORKED_ON.includes(handling);
  if (!FROM[kind].includes(handling) && !isClosedNotice) {
    if (isAlarmOver(state)) return "over";
    return kind === "reopen" ? "not-over" : "order";
  }
  const isOthers = assignee !== null && assignee.personId !== null && assignee.personId !== by;
  if (isOthers && (kind === "accept" || kind === "arrive" || kind === "handle")) return "not-yours";
  // Who did the work does not say that it was done well.
  if (kind === "verify" && severity === "danger" && state.handledBy === by) return "verified-by-handler";
  if (kind === "verify" && condition === "active" && clearing !== "inspection") return "still-active";
  if (kind === "close" && condition === "active") return "still-active";
  return undefined;
}

/** Where each act leads to. */
const TO: Record<AlarmActKind, AlarmHandling> = {
  acknowledge: "acknowledged",
  dispatch: "dispatched",
  accept: "accepted",
  arrive: "on-site",
  handle: "handled",
  verify: "verified",
  close: "closed",
  reopen: "unacknowledged",
  "false-alarm": "false-alarm",
  merge: "merged",
};

function act(state: AlarmState, event: Extract<AlarmEvent, { by: PersonId }>, news: AlarmNews[]): void {
  if (event.kind === "dispatch") {
    state.assignee = event.assignee;
    news.push({ kind: "dispatched", assignee: event.assignee });
  } else if (event.kind === "accept") {
    // Who accepts goes on with it; another is dispatched first.
    state.assignee = { department: state.assignee?.department ?? null, personId: event.by };
  } else if (event.kind === "handle") {
    state.handledBy = event.by;
  } else if (event.kind === "verify" && state.clearing === "inspection") {
    // The inspection that was verified is what clears it.
    state.condition = "cleared";
  } else if (event.kind === "reopen") {
    state.assignee = null;
    state.handledBy = null;
  }
  go(state, TO[event.kind]);
}

function go(state: AlarmState, handling: AlarmHandling): void {
  const before = state.handling;
  state.handling = handling;
  restartDeadline(state, before);
}
