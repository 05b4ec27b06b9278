import type { AlarmAssignee } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { allDepartments } from "../departments/departments.ts";
import { type AlarmRow, selectAssignees } from "./list-queries.ts";
import { ALARM_ROLES } from "./policy.ts";

/** Departments, and staff whose region holds the alarm's; names masked. */
export async function alarmAssignees(
  ctx: Pick<AppContext, "db" | "personalData">,
  row: Pick<AlarmRow, "region_code">,
) {
  const staff = await selectAssignees(ctx.db, row.region_code, ALARM_ROLES);
  return {
    departments: (await allDepartments(ctx)).map(({ departmentKey, name }) => ({
      department: departmentKey,
      name,
    })),
    people: staff.map((grant) => ({
      personId: grant.person_id,
      name: maskName(ctx.personalData.open("name", grant.name_ciphertext)),
      role: grant.role,
      region: grant.region_code,
      department: grant.department_key,
    })),
  };
}

/** @throws AppError alarm.assignee_out_of_reach */
export async function requireAssignee(
  ctx: Pick<AppContext, "db">,
  row: Pick<AlarmRow, "region_code">,
  { department, personId }: AlarmAssignee,
): Promise<void> {
  const departments = await allDepartments(ctx);
  const isKnown =
    department === null || departments.some(({ departmentKey }) => departmentKey === department);
  const staff = personId === null ? [] : await selectAssignees(ctx.db, row.region_code, ALARM_ROLES);
  const isInReach = personId === null || staff.some(({ person_id }) => person_id === personId);
  if (!isKnown || !isInReach) throw new AppError("alarm.assignee_out_of_reach");
}
