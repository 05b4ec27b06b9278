import type { AlarmSummary } from "@hanyouxu/api";

/** What of a list's query decides which alarms are in it. */
export interface ListedAs {
  page?: number | undefined;
  pageSize: number;
  severity?: AlarmSummary["severity"] | undefined;
  kind?: AlarmSummary["kind"] | undefined;
  condition?: AlarmSummary["condition"] | undefined;
  handling?: AlarmSummary["handling"] | undefined;
  isOpen?: string | undefined;
  withRecorded?: string | undefined;
  isOverdue?: "true" | undefined;
  isMine?: "true" | undefined;
  isMyDepartments?: "true" | undefined;
  region?: string | undefined;
  enterpriseId?: string | undefined;
  machineId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

interface Listed {
  items: readonly AlarmSummary[];
  total: number;
}

const SEVERITIES: readonly AlarmSummary["severity"][] = ["danger", "warning", "notice"];

/**
 * A page of the list with what the platform has told since it was read: changed ones as they now are, new ones at their place,
 * none that no longer belongs. Of two copies the one with the greater revision counts.
 */
export function withTold<Page extends Listed>(
  page: Page,
  told: readonly AlarmSummary[],
  query: ListedAs,
): Page {
  if (told.length === 0) return page;
  const byId = new Map(page.items.map((alarm) => [alarm.alarmId, alarm]));
  for (const alarm of told) {
    const read = byId.get(alarm.alarmId);
    if (read ? read.revision >= alarm.revision : !mayBegin(query)) continue;
    if (belongs(alarm, query)) byId.set(alarm.alarmId, alarm);
    else byId.delete(alarm.alarmId);
  }
  const items = [...byId.values()];
  return {
    ...page,
    items: mayBegin(query) ? items.sort(inOrder).slice(0, query.pageSize) : items,
    // Which of those that are told were counted already nobody knows: the next reading says.
    total: Math.max(page.total, items.length),
  };
}

/** Only where what is told says all that the query asks, and on the page where the newest stand. */
function mayBegin({ page = 1, isOverdue, isMine, isMyDepartments }: ListedAs): boolean {
  return page === 1 && !isOverdue && !isMine && !isMyDepartments;
}

function belongs(alarm: AlarmSummary, query: ListedAs): boolean {
  const { severity, kind, condition, handling, region, enterpriseId, machineId, from, to } = query;
  const raisedAtMs = Date.parse(alarm.raisedAt);
  return (
    (!severity || alarm.severity === severity) &&
    (!kind || alarm.kind === kind) &&
    (!condition || alarm.condition === condition) &&
    (!handling || alarm.handling === handling) &&
    (!query.isOpen || alarm.closedAt === null) &&
    (Boolean(query.withRecorded) || alarm.handling !== "recorded") &&
    (!region || (alarm.region ?? "").startsWith(region)) &&
    (!enterpriseId || alarm.enterpriseId === enterpriseId) &&
    (!machineId || alarm.machineId === machineId) &&
    (!from || raisedAtMs >= Date.parse(from)) &&
    (!to || raisedAtMs < Date.parse(to))
  );
}

/** As the platform's own: open ones first, dangers before all, then the newest. */
function inOrder(one: AlarmSummary, other: AlarmSummary): number {
  return (
    Number(one.closedAt !== null) - Number(other.closedAt !== null) ||
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    -byText(one.raisedAt, other.raisedAt) ||
    -byText(one.alarmId, other.alarmId)
  );
}

/** Instants of the platform are all of one length. */
function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
