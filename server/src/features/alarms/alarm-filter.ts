import type { alarmRoutes, RouteQuery } from "@hanyouxu/api";
import type { Person, Scope } from "../sign-in/sign-in.ts";
import type { AlarmFilter } from "./list-queries.ts";

/** What the list's query asks for, of somebody and at an instant. */
export function alarmFilterOf(
  query: Omit<RouteQuery<typeof alarmRoutes.listAlarms>, "page" | "pageSize">,
  person: Person,
  scope: Scope,
  nowMs: number,
): AlarmFilter {
  const { isOverdue, isMine, isMyDepartments, ...filter } = query;
  return {
    ...filter,
    scope,
    ...(isOverdue ? { overdueAt: new Date(nowMs) } : {}),
    ...(isMine ? { assignedTo: person.personId } : {}),
    ...(isMyDepartments ? { waitsForDepartments: departmentsOf(person) } : {}),
  };
}

/** The departments that somebody acts for, by key. */
export function departmentsOf({ roles }: Pick<Person, "roles">): string[] {
  return [...new Set(roles.flatMap(({ department }) => department ?? []))];
}
