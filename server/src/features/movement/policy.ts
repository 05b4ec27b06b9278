import type { Role } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import { isInScope, type Person, requireSight, sightOf } from "../sign-in/sign-in.ts";

/** Who says by hand what a machine is: staff of its region. Its owner does not judge his own. */
const JUDGES = ["operator", "regulator"] as const satisfies Role[];

/** @throws AppError sign_in.required, role.forbidden, department.forbidden */
export const requireJudge = (request: Pick<FastifyRequest, "person">) =>
  requireSight(request, "machines", "rows", JUDGES);

export function mayJudge(person: Person, regionCode: string): boolean {
  return isInScope(sightOf(person, "machines", "rows", JUDGES), regionCode);
}
