import { whatIfRoutes } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireScope, requireSight } from "../sign-in/sign-in.ts";
import { WHAT_IF_ROLES } from "./policy.ts";
import { answerWhatIf } from "./what-if.ts";

export function registerWhatIf(server: FastifyInstance, ctx: AppContext): void {
  handle(server, whatIfRoutes.askWhatIf, async (request) => {
    const { person, scope } = requireSight(request, "decisions", "rows", WHAT_IF_ROLES);
    const { from, to, region, ...change } = request.body;
    requireScope(scope, region);
    const answer = await answerWhatIf(ctx, {
      ...change,
      scope,
      region: region as RegionCode,
      from: new Date(from),
      to: new Date(to),
    });
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "what_if.ask",
      subject: `region:${region}`,
      details: { from, to, ...change, looked: answer.looked },
    });
    return answer;
  });
}
