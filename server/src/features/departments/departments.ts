import { type Department, type DepartmentSettings, departmentRights } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { AppError } from "../../errors.ts";
import { selectDepartment, selectDepartments, updateDepartment } from "./queries.ts";

type DepartmentRow = Awaited<ReturnType<typeof selectDepartments>>[number];

export async function allDepartments(ctx: Pick<AppContext, "db">): Promise<Department[]> {
  return (await selectDepartments(ctx.db)).map(departmentOf);
}

/** @throws AppError department.not_found */
export async function requireDepartment(ctx: Pick<AppContext, "db">, key: string): Promise<Department> {
  const row = await selectDepartment(ctx.db, key);
  if (!row) throw new AppError("department.not_found");
  return departmentOf(row);
}

/** Changes what a department may see; the audit log keeps what it was. @throws AppError department.not_found */
export async function changeDepartment(
  ctx: Pick<AppContext, "db" | "audit">,
  key: string,
  settings: DepartmentSettings,
  actor: string,
): Promise<Department> {
  return await inTransaction(ctx.db, async (tx) => {
    const before = await requireDepartment({ db: tx }, key);
    await updateDepartment(tx, key, settings);
    await ctx.audit.record(tx, {
      actor,
      action: "department.changed",
      subject: `department:${key}`,
      details: { before, after: settings },
    });
    return { ...before, ...settings };
  });
}

function departmentOf(row: DepartmentRow): Department {
  return {
    departmentKey: row.department_key,
    place: row.place,
    name: { zh: row.name_zh, en: row.name_en },
    // Stored by an older version it may name fewer groups: those are not seen.
    rights: departmentRights.parse(row.rights),
    mayCommand: row.may_command,
  };
}
