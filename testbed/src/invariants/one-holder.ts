import type { Invariant } from "./invariant.ts";

interface SessionRow {
  work_session_id: string;
  machine_id: string;
  chip_id: string;
}

/** 2. No two welders hold one machine; no session is counted twice or lost. */
export const oneHolder: Invariant = {
  name: "one holder, every session once",

  checkStep({ record }) {
    const holders = new Map<string, string>();
    const problems: string[] = [];
    for (const { machineId, workSessionId } of record.openSpans.values()) {
      const other = holders.get(workSessionId);
      if (other) problems.push(`${workSessionId} gives power to ${other} and ${machineId}`);
      holders.set(workSessionId, machineId);
    }
    return problems;
  },

  async checkPlatform({ record }, platform) {
    const doubled = await platform.read<{ machine_id: string; count: number }>(
      `select machine_id, count(*)::int as count from work_sessions
       where status in ('granted', 'energised') group by machine_id having count(*) > 1`,
    );
    const countedTwice = await platform.read<{ work_session_id: string; kind: string; count: number }>(
      `select work_session_id, kind, count(*)::int as count from chip_events
       where kind in ('granted', 'energised', 'de-energised', 'checkpoint')
       group by work_session_id, kind having count(*) > 1`,
    );
    const rows = await platform.read<SessionRow>(
      "select work_session_id, machine_id, chip_id from work_sessions",
    );
    const known = new Map(rows.map((row) => [row.work_session_id, row]));
    const lost = [...record.promisedSessions].filter((id) => !known.has(id));
    const unknown = record.spans.filter((span) => {
      const row = known.get(span.workSessionId);
      return row?.machine_id !== span.machineId || row.chip_id !== span.chipId;
    });
    return [
      ...doubled.map(({ machine_id, count }) => `${count} open sessions hold ${machine_id}`),
      ...countedTwice.map(
        ({ work_session_id, kind, count }) => `${work_session_id} has ${count} events "${kind}"`,
      ),
      ...lost.map((id) => `${id} was promised to a phone and is not there`),
      ...unknown.map(({ workSessionId, machineId }) => `${workSessionId} gave ${machineId} power unknown`),
    ];
  },
};
