import { personalDataRoutes } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requirePerson, requireRole, requireScope, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { countTexts, selectTexts } from "./consent-queries.ts";
import { consentTextOf, giveConsent, ownConsents, publishConsentText, withdrawConsent } from "./consents.ts";
import {
  approveErasure,
  erasureRequestOf,
  refuseErasure,
  requestErasure,
  requireRequest,
  withdrawErasure,
} from "./erasure.ts";
import { countRequests, selectRequests } from "./erasure-queries.ts";
import { exportOwnData } from "./export.ts";
import { countPersons, selectPersons } from "./person-queries.ts";
import { maskedPersonOf, unmask } from "./persons.ts";
import { keptNow } from "./retention.ts";
import { welderStatistic } from "./statistics.ts";
import { onlyAs } from "./unmasking.ts";

const DECIDERS = ["operator", "regulator"] as const;
const COUNTERS = [...DECIDERS, "station-staff"] as const;

/** Who decides on erasure, where the role and its department let him know people. */
function requireDecider(request: Pick<FastifyRequest, "person">) {
  requireRole(request, ...DECIDERS);
  const { person } = requireSight(request, "people");
  return { person, scope: sightOf(onlyAs(person, DECIDERS), "people") };
}

export function registerPersonalData(server: FastifyInstance, ctx: AppContext): void {
  registerPersons(server, ctx);
  registerOwnData(server, ctx);
  registerErasure(server, ctx);
  registerTexts(server, ctx);
}

function registerPersons(server: FastifyInstance, ctx: AppContext): void {
  handle(server, personalDataRoutes.listPersons, async (request) => {
    const { person: viewer, scope } = requireSight(request, "people");
    const { page, pageSize, role } = request.query;
    const filter = { scope, role };
    const rows = await selectPersons(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => maskedPersonOf(ctx, row, viewer));
    return { items, total: await countPersons(ctx.db, filter), page, pageSize };
  });

  handle(server, personalDataRoutes.unmaskPerson, async (request) => {
    const { person: viewer } = requireSight(request, "people");
    return await unmask(ctx, viewer, request.params.personId as PersonId, request.body);
  });

  handle(server, personalDataRoutes.welderStatistic, async (request) => {
    requireRole(request, ...COUNTERS);
    const { person } = requireSight(request, "people", "counts");
    return await welderStatistic(ctx, sightOf(onlyAs(person, COUNTERS), "people", "counts"));
  });
}

function registerOwnData(server: FastifyInstance, ctx: AppContext): void {
  handle(server, personalDataRoutes.exportOwnData, async (request, reply) => {
    const { personId } = requirePerson(request);
    reply.header("content-disposition", 'attachment; filename="hanyouxu-personal-data.json"');
    return await exportOwnData(ctx, personId);
  });

  handle(server, personalDataRoutes.ownConsents, async (request) => ({
    consents: await ownConsents(ctx, requirePerson(request).personId),
  }));

  handle(server, personalDataRoutes.giveConsent, async (request) => {
    await giveConsent(ctx, requirePerson(request).personId, request.body.consentTextId);
    return null;
  });

  handle(server, personalDataRoutes.withdrawConsent, async (request) => {
    await withdrawConsent(ctx, requirePerson(request).personId, request.params.kind);
    return null;
  });
}

function registerErasure(server: FastifyInstance, ctx: AppContext): void {
  handle(server, personalDataRoutes.ownErasure, async (request) => {
    const { personId } = requirePerson(request);
    const [row] = await selectRequests(ctx.db, { personId });
    return {
      request: row ? await erasureRequestOf(ctx, row) : null,
      wouldKeep: await keptNow(ctx, personId),
    };
  });

  handle(server, personalDataRoutes.requestErasure, async (request) =>
    requestErasure(ctx, requirePerson(request)),
  );

  handle(server, personalDataRoutes.withdrawErasure, async (request) => {
    await withdrawErasure(ctx, requirePerson(request));
    return null;
  });

  handle(server, personalDataRoutes.listErasureRequests, async (request) => {
    const { scope } = requireDecider(request);
    const { page, pageSize, status } = request.query;
    const filter = { scope, status };
    const rows = await selectRequests(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = [];
    for (const row of rows) items.push(await erasureRequestOf(ctx, row));
    return { items, total: await countRequests(ctx.db, filter), page, pageSize };
  });

  handle(server, personalDataRoutes.decideErasure, async (request) => {
    const { person, scope } = requireDecider(request);
    const row = await requireRequest(ctx, request.params.erasureRequestId);
    requireScope(scope, row.region_code ?? "");
    const { decision, reason } = request.body;
    const decide = decision === "approve" ? approveErasure : refuseErasure;
    await decide(ctx, row, person.personId, reason);
    return await erasureRequestOf(ctx, await requireRequest(ctx, row.erasure_request_id));
  });
}

function registerTexts(server: FastifyInstance, ctx: AppContext): void {
  handle(server, personalDataRoutes.listConsentTexts, async (request) => {
    requireRole(request, ...DECIDERS);
    const { page, pageSize } = request.query;
    const rows = await selectTexts(ctx.db, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => ({ ...consentTextOf(row), consents: row.consents }));
    return { items, total: await countTexts(ctx.db), page, pageSize };
  });

  handle(server, personalDataRoutes.publishConsentText, async (request) => {
    // A text speaks for the whole platform, not for one region.
    const { personId } = requireRole(request, "operator");
    return await publishConsentText(ctx, request.body, personId);
  });
}
