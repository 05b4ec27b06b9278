import { enterpriseRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { officersInFull } from "../enterprise-people/enterprise-people.ts";
import { onlineSince } from "../machines/machines.ts";
import { hasRole, requirePerson, requireScope, requireSight, scopeOf, sightOf } from "../sign-in/sign-in.ts";
import { contactOf, enterpriseDetailOf, enterpriseOf, warningsOf } from "./enterprise-view.ts";
import { changeEnterprise, createEnterprise, moveEnterprise } from "./enterprises.ts";
import {
  knowsPeople,
  REGISTRARS,
  requireKnownPeople,
  requireRight,
  requireVisibleEnterprise,
} from "./policy.ts";
import { countEnterprises, selectEnterprises, selectLeafRegions, selectNames } from "./queries.ts";

export function registerEnterprises(server: FastifyInstance, ctx: AppContext): void {
  /** The organisation as it is after a change. */
  async function detailOf(request: FastifyRequest, enterpriseId: string) {
    const { row, rights, person } = await requireVisibleEnterprise(ctx, request, enterpriseId);
    return enterpriseDetailOf(ctx, row, rights, knowsPeople(person, row));
  }

  handle(server, enterpriseRoutes.listEnterprises, async (request) => {
    const { scope } = requireSight(request, "enterprises");
    const { page, pageSize, sort, isAtWork, ...query } = request.query;
    // Who may not count machines is not told which of them are under power.
    if (isAtWork !== undefined) requireSight(request, "machines", "counts");
    const work = isAtWork !== undefined && { work: { isAtWork, heardSince: onlineSince(ctx.clock.nowMs()) } };
    const filter = { ...query, ...work, scope };
    const part = { limit: pageSize, offset: (page - 1) * pageSize };
    const rows = await selectEnterprises(ctx.db, filter, sort, part);
    return { items: rows.map(enterpriseOf), total: await countEnterprises(ctx.db, filter), page, pageSize };
  });

  handle(server, enterpriseRoutes.getEnterprise, async (request) =>
    detailOf(request, request.params.enterpriseId),
  );

  handle(server, enterpriseRoutes.createEnterprise, async (request) => {
    const { person, scope } = requireSight(request, "enterprises", "rows", REGISTRARS);
    requireScope(scope, request.body.region);
    const by = { personId: person.personId, isStaff: true };
    const enterpriseId = await createEnterprise(ctx, request.body, by);
    return { enterpriseId, warnings: warningsOf(request.body.uscc) };
  });

  handle(server, enterpriseRoutes.registerEnterprise, async (request) => {
    const by = { personId: requirePerson(request).personId, isStaff: false };
    const enterpriseId = await createEnterprise(ctx, request.body, by);
    return { enterpriseId, warnings: warningsOf(request.body.uscc) };
  });

  handle(server, enterpriseRoutes.updateEnterprise, async (request) => {
    const { enterpriseId } = request.params;
    const visible = await requireRight(ctx, request, enterpriseId, "edit");
    const { region } = request.body;
    // Nobody hands an organisation over to a region that is not his own.
    if (region !== visible.row.region_code && !visible.rights.isOfficer) {
      requireScope(sightOf(visible.person, "enterprises", "rows", REGISTRARS), region);
    }
    await changeEnterprise(ctx, visible, request.body);
    return { enterpriseId, warnings: warningsOf(request.body.uscc) };
  });

  handle(server, enterpriseRoutes.reviewEnterprise, async (request) => {
    const { row, person } = await requireRight(ctx, request, request.params.enterpriseId, "review");
    const { isApproved, reason } = request.body;
    const move = isApproved ? "approve" : "reject";
    await moveEnterprise(ctx, row.enterprise_id, move, person.personId, reason);
    return await detailOf(request, row.enterprise_id);
  });

  handle(server, enterpriseRoutes.suspendEnterprise, async (request) => {
    const { row, person } = await requireRight(ctx, request, request.params.enterpriseId, "suspend");
    await moveEnterprise(ctx, row.enterprise_id, "suspend", person.personId, request.body.reason);
    return await detailOf(request, row.enterprise_id);
  });

  handle(server, enterpriseRoutes.reactivateEnterprise, async (request) => {
    const { row, person } = await requireRight(ctx, request, request.params.enterpriseId, "suspend");
    await moveEnterprise(ctx, row.enterprise_id, "reactivate", person.personId, request.body.reason);
    return await detailOf(request, row.enterprise_id);
  });

  handle(server, enterpriseRoutes.readEnterpriseContacts, async (request) => {
    const { enterpriseId } = request.params;
    const { row, person } = await requireKnownPeople(ctx, request, enterpriseId, "personal");
    const officers = await officersInFull(ctx, row.enterprise_id);
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "personal_data.read",
      subject: `enterprise:${row.enterprise_id}`,
      details: { fields: ["contact", "officers"], officers: officers.length },
    });
    return { contact: contactOf(ctx, row), officers };
  });

  handle(server, enterpriseRoutes.listEnterpriseRegions, async (request) => {
    const person = requirePerson(request);
    const scope = hasRole(person, ...REGISTRARS) ? scopeOf(person, ...REGISTRARS) : undefined;
    const rows = await selectLeafRegions(ctx.db, request.query.under ?? "", scope);
    return { regions: rows.map(({ region_code, name }) => ({ region: region_code, name })) };
  });

  handle(server, enterpriseRoutes.findEnterpriseNames, async (request) => {
    requirePerson(request);
    const rows = await selectNames(ctx.db, request.query.text, request.query.role);
    return {
      enterprises: rows.map((row) => ({
        enterpriseId: row.enterprise_id,
        name: row.name,
        address: row.address,
      })),
    };
  });
}
