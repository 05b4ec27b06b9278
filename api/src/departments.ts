import { z } from "zod";
import { departmentRights } from "./department-rights.ts";
import { bilingual } from "./language.ts";
import { defineRoute } from "./route.ts";

/** A department's stable name in grants and addresses, such as `fire-rescue`. */
export const departmentKey = z.string().regex(/^[a-z][a-z-]{1,39}$/, {
  error: bilingual(
    "部门标识应为 2 至 40 位小写字母或连字符",
    "A department's key has 2 to 40 lower-case letters or dashes",
  ),
});

const departmentName = z
  .string()
  .trim()
  .min(1, { error: bilingual("请填写部门名称", "Give the department's name") })
  .max(40);

/** What can be changed about a department. */
export const departmentSettings = z.object({
  name: z.object({ zh: departmentName, en: departmentName }),
  rights: departmentRights,
  /** Whether its staff may stop and lock machines. */
  mayCommand: z.boolean(),
});
export type DepartmentSettings = z.infer<typeof departmentSettings>;

export const department = departmentSettings
  .extend({ departmentKey, place: z.int() })
  .meta({ id: "Department" });
export type Department = z.infer<typeof department>;

export const departmentRoutes = {
  listDepartments: defineRoute({
    method: "GET",
    path: "/api/departments",
    tag: "governance",
    summary: "The departments that share the view, with what each may see",
    answers: { 200: z.object({ departments: z.array(department) }) },
    refusals: [401, 403],
  }),
  changeDepartment: defineRoute({
    method: "PUT",
    path: "/api/departments/:departmentKey",
    tag: "governance",
    summary: "Change a department's names and rights; holds from its people's next request",
    params: z.object({ departmentKey }),
    body: departmentSettings,
    answers: { 200: department },
    refusals: [401, 403, 404],
  }),
};
