import { departmentRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole, STAFF_ROLES, scopeOf } from "../sign-in/sign-in.ts";
import { allDepartments, changeDepartment } from "./departments.ts";

export function registerDepartments(server: FastifyInstance, ctx: AppContext): void {
  handle(server, departmentRoutes.listDepartments, async (request) => {
    requireRole(request, ...STAFF_ROLES);
    return { departments: await allDepartments(ctx) };
  });

  handle(server, departmentRoutes.changeDepartment, async (request) => {
    const person = requireRole(request, "operator");
    // The departments are the same for all regions: only who reaches everything changes them.
    if (!scopeOf(person, "operator").everywhere) throw new AppError("region.out_of_scope");
    return await changeDepartment(ctx, request.params.departmentKey, request.body, person.personId);
  });
}
