import type { AlarmCounts } from "@hanyouxu/api";
import { alarmKinds, alarmSeverities } from "@hanyouxu/rules";
import type { countOpenAlarms } from "./list-queries.ts";

type Counted = Awaited<ReturnType<typeof countOpenAlarms>>;

/** The sums of the open alarms by kind and severity. */
export function countsOf(rows: Counted): AlarmCounts {
  const sum = (some: Counted, of: "open" | "unacknowledged" | "overdue" = "open") =>
    some.reduce((total, row) => total + row[of], 0);
  const [danger, warning, notice] = alarmSeverities.map((severity) =>
    sum(rows.filter((row) => row.severity === severity)),
  );
  return {
    open: sum(rows),
    unacknowledged: sum(rows, "unacknowledged"),
    overdue: sum(rows, "overdue"),
    bySeverity: { danger: danger!, warning: warning!, notice: notice! },
    byKind: alarmKinds
      .map((kind) => ({ kind, open: sum(rows.filter((row) => row.kind === kind)) }))
      .filter(({ open }) => open > 0),
  };
}
