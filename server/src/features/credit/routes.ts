import { type CreditDetail, creditRoutes, type Role } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode, WelderId } from "@hanyouxu/protocol";
import type { CreditHolder } from "@hanyouxu/rules";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import { handle } from "../../http/contract-route.ts";
import { requireCommand, requireRole, requireScope, requireSight, scopeOf } from "../sign-in/sign-in.ts";
import type { HolderId } from "./book-credit.ts";
import { bookTraining, requireAccount } from "./credit.ts";
import { accountOf, creditDetailOf } from "./credit-view.ts";
import { countAccounts, selectAccounts } from "./queries.ts";
import { publishedRules, publishRules } from "./rule-versions.ts";

/** Who sees points of others, for regions. */
const AUTHORITIES = ["operator", "regulator", "station-staff"] as const satisfies Role[];
/** Who publishes rules, and books trainings. */
const PUBLISHERS = ["operator", "regulator"] as const satisfies Role[];

export function registerCredit(server: FastifyInstance, ctx: AppContext): void {
  handle(server, creditRoutes.listCreditRules, (request) =>
    publishedRules(ctx, request.query.region as RegionCode | undefined),
  );

  // Points may refuse starts: who may not command machines does not set what takes them.
  handle(server, creditRoutes.publishCreditRules, async (request) => {
    const { person, scope } = requireCommand(request, PUBLISHERS);
    const region = request.params.region as RegionCode;
    requireScope(scope, region);
    const { effectiveFrom, ...wish } = request.body;
    const effectiveFromMs = effectiveFrom === undefined ? undefined : Date.parse(effectiveFrom);
    return await publishRules(ctx, { ...wish, region, effectiveFromMs }, person.personId);
  });

  handle(server, creditRoutes.listCredit, async (request) => {
    const { scope } = requireSight(request, "people", "rows", AUTHORITIES);
    const { page, pageSize, holder, isLow, region } = request.query;
    // Of several regions' lines, that of the region that is looked at, else of the first that is answered for.
    const ground = (region ?? scope.regions[0] ?? "") as RegionCode;
    const { policy } = await rectificationPolicyOf(ctx.db, ground, ctx.clock.nowMs());
    const below = policy.creditShownBelow;
    const filter = { holder, scope, region, ...(isLow ? { below } : {}) };
    const rows = await selectAccounts(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => accountOf(ctx, holder, row, below));
    return { items, total: await countAccounts(ctx.db, filter), page, pageSize };
  });

  handle(server, creditRoutes.getCredit, async (request) => {
    const { scope } = requireSight(request, "people", "rows", AUTHORITIES);
    const { holder, holderId } = request.params;
    const row = await requireAccount(ctx, holder, holderId);
    requireScope(scope, row.region_code);
    return await creditDetailOf(ctx, holder, row);
  });

  handle(server, creditRoutes.bookTraining, async (request) => {
    const { person, scope } = requireSight(request, "people", "rows", PUBLISHERS);
    const { holder, holderId } = request.params;
    const row = await requireAccount(ctx, holder, holderId);
    requireScope(scope, row.region_code);
    await bookTraining(ctx, holderIdOf(holder, holderId), row, request.body.reason, person.personId);
    return await creditDetailOf(ctx, holder, await requireAccount(ctx, holder, holderId));
  });

  handle(server, creditRoutes.listOwnCredit, async (request) => {
    const person = requireRole(request, "welder", "enterprise-officer");
    const accounts: CreditDetail[] = [];
    const welder = await ctx.db
      .selectFrom("welders")
      .select("welder_id")
      .where("person_id", "=", person.personId)
      .executeTakeFirst();
    const own: HolderId[] = [
      ...(welder ? [{ kind: "welder" as const, id: welder.welder_id }] : []),
      ...scopeOf(person, "enterprise-officer").enterprises.map((id) => ({ kind: "enterprise" as const, id })),
    ];
    for (const { kind, id } of own) {
      accounts.push(await creditDetailOf(ctx, kind, await requireAccount(ctx, kind, id)));
    }
    return { accounts };
  });
}

function holderIdOf(holder: CreditHolder, id: string): HolderId {
  return holder === "welder"
    ? { kind: holder, id: id as WelderId }
    : { kind: holder, id: id as EnterpriseId };
}
