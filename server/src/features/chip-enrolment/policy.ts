import type { Role } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import { type Person, requireRole, requireScope, scopeOf } from "../sign-in/sign-in.ts";

interface Allowed {
  person: Person;
  /** @throws AppError region.out_of_scope */
  requireReach(region: string, enterpriseId?: string): void;
}

/** Installers and operators fit chips, each within the regions of the role. */
export const requireInstaller = (request: FastifyRequest) => requireWithin(request, "installer", "operator");

/** Only operators end a chip's trust: it cannot be given back. A chip without a machine lies in no region. */
export const requireRevoker = (request: FastifyRequest) => requireWithin(request, "operator");

function requireWithin(request: FastifyRequest, ...roles: Role[]): Allowed {
  const person = requireRole(request, ...roles);
  const scope = scopeOf(person, ...roles);
  return { person, requireReach: (region, enterpriseId) => requireScope(scope, region, enterpriseId) };
}
