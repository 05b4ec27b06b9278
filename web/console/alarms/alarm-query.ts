import { alarmCondition, alarmHandling, alarmKind, alarmSeverity } from "@hanyouxu/api";
import { endOfDay, startOfDay } from "../ui/days.ts";
import type { ListState } from "../ui/use-list-state.ts";

export const WHICH = ["open", "all", "history"] as const;
export const YES = ["true"] as const;

/** What the address says of the list: open alarms unless it says otherwise. */
export function alarmQueryOf(list: ListState) {
  const which = list.oneOf("which", WHICH) ?? "open";
  const [from, to] = [list.text("from"), list.text("to")];
  return {
    page: list.page,
    pageSize: list.pageSize,
    severity: list.oneOf("severity", alarmSeverity.options),
    kind: list.oneOf("kind", alarmKind.options),
    condition: list.oneOf("condition", alarmCondition.options),
    handling: list.oneOf("handling", alarmHandling.options),
    isOpen: which === "open" ? "true" : undefined,
    withRecorded: which === "history" ? "true" : undefined,
    isOverdue: list.oneOf("isOverdue", YES),
    isMine: list.oneOf("isMine", YES),
    isMyDepartments: list.oneOf("isMyDepartments", YES),
    region: list.text("region"),
    enterpriseId: list.text("enterpriseId"),
    machineId: list.text("machineId"),
    from: from && startOfDay(from),
    to: to && endOfDay(to),
  };
}
