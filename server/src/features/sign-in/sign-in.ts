/** The feature's face: what other features and `app.ts` use of signing in. */
import type { Me } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { maskPhone } from "../../crypto/mask.ts";
import { sessionCookie } from "./cookie.ts";
import { type Person, requirePerson } from "./person.ts";
import { findPersonData } from "./queries.ts";
import { personOfToken } from "./session.ts";
import { sightSummary } from "./sight.ts";

export { createStaff, type NewStaff } from "./create-staff.ts";
export { hashPassword } from "./password.ts";
export {
  hasRole,
  isInScope,
  isWithinRegion,
  type Person,
  requirePerson,
  requireRole,
  requireScope,
  type Scope,
  STAFF_ROLES,
  scopeOf,
  scopeOfGrants,
} from "./person.ts";
export { codeValidMinutes } from "./phone-code.ts";
export { personOfId } from "./session.ts";
export {
  commandOf,
  type DepartmentSight,
  requireCommand,
  requireSight,
  sightOf,
  sightSummary,
} from "./sight.ts";
export { normalUsername } from "./staff.ts";
export { currentTotp, newTotpSecret, totpStep, totpUri } from "./totp.ts";

/** Who sent the request that opened a long connection, as of now; undefined when that sign-in no longer holds. */
export async function personNow(
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  request: Pick<FastifyRequest, "cookies">,
): Promise<Person | undefined> {
  const token = request.cookies[sessionCookie];
  return token === undefined ? undefined : await personOfToken(ctx, token);
}

/** Whether a long connection may go on: its sign-in still holds, with the same roles and departments' rights. */
export async function maySignedInGoOn(
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  request: Pick<FastifyRequest, "cookies" | "person">,
): Promise<boolean> {
  const person = await personNow(ctx, request);
  return person !== undefined && rolesOf(person) === rolesOf(requirePerson(request));
}

/** Equal for equal roles, in whatever order. */
function rolesOf({ roles, departments }: Person): string {
  const sightOfDepartment = (key: string | undefined) =>
    key === undefined ? "" : `${key} ${JSON.stringify(departments?.get(key))}`;
  return roles
    .map(
      ({ role, region, enterpriseId, department }) =>
        `${role} ${region} ${enterpriseId} ${sightOfDepartment(department)}`,
    )
    .sort()
    .join();
}

/** What a person is told about himself: his name in full, his phone masked. */
export async function describeMe(ctx: Pick<AppContext, "db" | "personalData">, person: Person): Promise<Me> {
  const stored = await findPersonData(ctx.db, person.personId);
  const { personalData } = ctx;
  return {
    personId: person.personId,
    name: personalData.open("name", stored.name_ciphertext),
    phone:
      stored.phone_ciphertext === null
        ? null
        : maskPhone(personalData.open("phone", stored.phone_ciphertext)),
    roles: [...person.roles],
    ...sightSummary(person),
  };
}
