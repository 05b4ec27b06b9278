import { lawPackRoutes, lawRoutes } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import { certificateTable, exampleHotWorkFacts, type HotWorkFacts, shanghaiDay } from "@hanyouxu/rules";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole, requireScope, requireSight, scopeOf } from "../sign-in/sign-in.ts";
import { tryHotWork } from "./hot-work.ts";
import { lawCellDetailOf, lawCellOf, setRegime, tryCertificates } from "./law.ts";
import { LAW_PACKS, lawChangesBetween, lawRuleDetailOf, lawRulesOn } from "./law-rules.ts";
import { LAW_ROLES, REGIME_ROLES } from "./policy.ts";
import { findEnterpriseRegime } from "./queries.ts";
import { type FindStoredCase, findStoredStart, replayCase } from "./replays.ts";

/** `kept`: where decisions lie besides those on starts. */
export function registerLaw(
  server: FastifyInstance,
  ctx: AppContext,
  kept: readonly FindStoredCase[] = [],
): void {
  registerCertificateLaw(server, ctx);
  registerLawPacks(server, ctx, [findStoredStart, ...kept]);
}

function registerLawPacks(server: FastifyInstance, ctx: AppContext, kept: readonly FindStoredCase[]): void {
  const dayOf = (day: string | undefined) => day ?? shanghaiDay(ctx.clock.nowMs());

  handle(server, lawPackRoutes.listLawRules, async (request) => {
    requireRole(request, ...LAW_ROLES);
    const day = dayOf(request.query.day);
    return { day, packs: [...LAW_PACKS], rules: lawRulesOn(day) };
  });

  handle(server, lawPackRoutes.getLawRule, async (request) => {
    requireRole(request, ...LAW_ROLES);
    const { pack, ruleId } = request.params;
    const rule = lawRuleDetailOf(pack, ruleId, dayOf(request.query.day));
    if (!rule) throw new AppError("law.rule_not_found");
    return rule;
  });

  handle(server, lawPackRoutes.compareLaw, async (request) => {
    requireRole(request, ...LAW_ROLES);
    return lawChangesBetween(request.query.from, request.query.to);
  });

  handle(server, lawPackRoutes.hotWorkExample, async (request) => {
    requireRole(request, ...LAW_ROLES);
    const { regime, moment, at } = request.query;
    const atMs = at === undefined ? ctx.clock.nowMs() : Date.parse(at);
    return { at: new Date(atMs).toISOString(), facts: { ...exampleHotWorkFacts(regime, moment, atMs) } };
  });

  handle(server, lawPackRoutes.tryHotWork, async (request) => {
    const person = requireRole(request, ...LAW_ROLES);
    const { at, region, facts } = request.body;
    if (region !== undefined) requireScope(scopeOf(person, ...LAW_ROLES), region);
    return await tryHotWork(ctx, facts as HotWorkFacts, Date.parse(at), region as RegionCode | undefined);
  });

  handle(server, lawPackRoutes.replayDecision, async (request) => {
    const { scope } = requireSight(request, "decisions");
    const { decisionId } = request.params;
    for (const find of kept) {
      const stored = await find(ctx.db, decisionId);
      if (!stored) continue;
      requireScope(scope, stored.regionCode, stored.enterpriseId);
      return replayCase(decisionId, stored);
    }
    throw new AppError("decision.not_found");
  });
}

function registerCertificateLaw(server: FastifyInstance, ctx: AppContext): void {
  const dayOf = (day: string | undefined) => day ?? shanghaiDay(ctx.clock.nowMs());

  handle(server, lawRoutes.certificateTable, async (request) => {
    requireRole(request, ...LAW_ROLES);
    const day = dayOf(request.query.day);
    return { day, cells: certificateTable(day).map(lawCellOf) };
  });

  handle(server, lawRoutes.certificateRule, async (request) => {
    requireRole(request, ...LAW_ROLES);
    const cell = lawCellDetailOf(request.params.ruleId, dayOf(request.query.day));
    if (!cell) throw new AppError("law.rule_not_found");
    return cell;
  });

  handle(server, lawRoutes.tryCertificates, async (request) => {
    requireRole(request, ...LAW_ROLES);
    const { materialClass, position } = request.body.tsgNeeds ?? {};
    return tryCertificates({
      ...request.body,
      tsgNeeds: { ...(materialClass && { materialClass }), ...(position && { position }) },
    });
  });

  handle(server, lawRoutes.setRegime, async (request) => {
    const { person, scope } = requireSight(request, "enterprises", "rows", REGIME_ROLES);
    const enterprise = await findEnterpriseRegime(ctx.db, request.params.enterpriseId as EnterpriseId);
    if (!enterprise) throw new AppError("law.enterprise_not_found");
    requireScope(scope, enterprise.region_code);
    const { regime } = request.body;
    await setRegime(ctx, enterprise, regime, person.personId);
    return { regime };
  });
}
