import { regionPolicyRoutes } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole, requireScope, scopeOf } from "../sign-in/sign-in.ts";
import { REGION_POLICY_ROLES } from "./policy.ts";
import { regionPolicyOf, setRegionPolicy } from "./region-policies.ts";

export function registerRegionPolicies(server: FastifyInstance, ctx: AppContext): void {
  /** Who asks, for a region that they answer for. */
  function requireRegion(request: FastifyRequest, region: string) {
    const person = requireRole(request, ...REGION_POLICY_ROLES);
    requireScope(scopeOf(person, ...REGION_POLICY_ROLES), region);
    return { actor: person.personId, region: region as RegionCode };
  }

  handle(server, regionPolicyRoutes.getRegionPolicy, async (request) => {
    const { region } = requireRegion(request, request.params.region);
    return await regionPolicyOf(ctx, region);
  });

  handle(server, regionPolicyRoutes.setRegionPolicy, async (request) => {
    const { actor, region } = requireRegion(request, request.params.region);
    const { effectiveFrom, ...wish } = request.body;
    const effectiveFromMs = effectiveFrom === undefined ? undefined : Date.parse(effectiveFrom);
    return { version: await setRegionPolicy(ctx, { ...wish, region, effectiveFromMs }, actor) };
  });
}
