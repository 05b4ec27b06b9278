import type { Role } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import { isInScope, type Person, requireSight, sightOf } from "../sign-in/sign-in.ts";

/** Who says of a machine where it is: staff of its region. Its owner does not speak for his own. */
const WITNESSES = ["operator", "regulator", "station-staff"] as const satisfies Role[];

/** @throws AppError sign_in.required, role.forbidden, department.forbidden */
export const requireWitness = (request: Pick<FastifyRequest, "person">) =>
  requireSight(request, "machines", "rows", WITNESSES);

export function mayTellPlace(person: Person, regionCode: string): boolean {
  return isInScope(sightOf(person, "machines", "rows", WITNESSES), regionCode);
}
