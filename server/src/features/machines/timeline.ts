import type { TimelineEntry } from "@hanyouxu/api";
import type { MachineId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { decisionOf, selectDecisions } from "../decisions/decisions.ts";
import { stepEntries } from "../machine-life/machine-life.ts";
import { selectWorkSessions, workSessionOf } from "../work-sessions/work-sessions.ts";
import { selectChipEvents } from "./queries.ts";

/** Which of it the reader's department may see; with `people`, who it was. */
export interface TimelineSight {
  events: boolean;
  decisions: boolean;
  sessions: boolean;
  people: boolean;
}

/** What happened to a machine: its chip's events, the starts decided on it, its work sessions, what people did with it; newest first. */
export async function timelineOf(
  ctx: Pick<AppContext, "db" | "personalData">,
  machineId: MachineId,
  before: Date,
  limit: number,
  sight: TimelineSight,
): Promise<TimelineEntry[]> {
  const filter = { machineId, to: before.toISOString() };
  const isNamed = sight.people;
  const events = sight.events ? await selectChipEvents(ctx.db, machineId, before, limit) : [];
  const decisions = sight.decisions ? await selectDecisions(ctx.db, filter, limit, 0) : [];
  const sessions = sight.sessions ? await selectWorkSessions(ctx.db, filter, limit, 0) : [];
  const entries: TimelineEntry[] = [
    ...events.map((event) => ({
      type: "event" as const,
      at: event.occurred_at.toISOString(),
      event: {
        boot: event.boot,
        seq: event.seq,
        kind: event.kind,
        data: event.data,
        occurredAt: event.occurred_at.toISOString(),
        receivedAt: event.received_at.toISOString(),
        clockTrust: event.clock_trust,
        chainIntact: event.chain_intact,
      },
    })),
    ...decisions.map((row) => ({
      type: "decision" as const,
      at: row.decided_at.toISOString(),
      decision: decisionOf(ctx, row, { isNamed }),
    })),
    ...sessions.map((row) => ({
      type: "work-session" as const,
      at: row.granted_at.toISOString(),
      workSession: workSessionOf(ctx, row, { isNamed }),
    })),
    ...(await stepEntries(ctx, machineId, before, limit)),
  ];
  return entries.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, limit);
}
