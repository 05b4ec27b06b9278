import { regionPolicyRoutes } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireCommand, requireRole, requireScope, scopeOf } from "../sign-in/sign-in.ts";
import { REGION_POLICY_ROLES } from "./policy.ts";
import { regionPolicyOf, setRegionPolicy } from "./region-policies.ts";

export function registerRegionPolicies(server: FastifyInstance, ctx: AppContext): void {
  handle(server, regionPolicyRoutes.getRegionPolicy, async (request) => {
    const person = requireRole(request, ...REGION_POLICY_ROLES);
    const { region } = request.params;
    requireScope(scopeOf(person, ...REGION_POLICY_ROLES), region);
    return await regionPolicyOf(ctx, region as RegionCode);
  });

  // These numbers decide which machines get power: who may not command machines does not set them.
  handle(server, regionPolicyRoutes.setRegionPolicy, async (request) => {
    const { person, scope } = requireCommand(request, REGION_POLICY_ROLES);
    const { region } = request.params;
    requireScope(scope, region);
    const { effectiveFrom, ...wish } = request.body;
    const effectiveFromMs = effectiveFrom === undefined ? undefined : Date.parse(effectiveFrom);
    const policy = { ...wish, region: region as RegionCode, effectiveFromMs };
    return { version: await setRegionPolicy(ctx, policy, person.personId) };
  });
}
