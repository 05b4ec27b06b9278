import { rectificationRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { normalVerificationCode } from "../../crypto/verification-code.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { selectEnterprises } from "../enterprises/enterprises.ts";
import { requireCommand, requireScope, requireSight } from "../sign-in/sign-in.ts";
import type { Actor } from "./change-rectification.ts";
import { answerItem, askExtension, submitRectification } from "./firm-steps.ts";
import { issueRectification } from "./issue-rectification.ts";
import { knownClauses } from "./known-clauses.ts";
import { rectificationNotice } from "./notice-pdf.ts";
import {
  commandingActor,
  ownFirms,
  RECTIFICATION_ROLES,
  requireCommanded,
  requireOwn,
  requireVisible,
} from "./policy.ts";
import { countRectifications, selectItems, selectOrderedMachines, selectRectifications } from "./queries.ts";
import { rectificationDetail, rectificationOf } from "./rectification-view.ts";
import { cancelRectification, decideExtension, reinspect } from "./staff-steps.ts";

type OfOne = FastifyRequest & { params: { rectificationId: string } };

export function registerRectification(server: FastifyInstance, ctx: AppContext): void {
  async function shown(request: Pick<FastifyRequest, "person">, rectificationId: string) {
    const { person, row } = await requireVisible(ctx, request, rectificationId);
    return await rectificationDetail(ctx, person, row);
  }

  /** A step of whoever `require` lets through, and what it has made of the order. */
  async function step(
    request: OfOne,
    require: typeof requireOwn,
    take: (rectificationId: string, actor: Actor) => Promise<void>,
  ) {
    const { rectificationId } = request.params;
    const { actor } = await require(ctx, request, rectificationId);
    await take(rectificationId, actor);
    return await shown(request, rectificationId);
  }

  handle(server, rectificationRoutes.listRectifications, async (request) => {
    const { person, scope } = requireSight(request, "alarms");
    const { page, pageSize, isOwn, ...query } = request.query;
    const filter = { ...query, scope, ...(isOwn ? { firms: ownFirms(person) } : {}) };
    const rows = await selectRectifications(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return {
      items: rows.map(rectificationOf),
      total: await countRectifications(ctx.db, filter),
      page,
      pageSize,
    };
  });

  handle(server, rectificationRoutes.getRectification, (request) =>
    shown(request, request.params.rectificationId),
  );

  handle(server, rectificationRoutes.listRectificationClauses, async (request) => {
    requireCommand(request, RECTIFICATION_ROLES);
    return { clauses: [...knownClauses] };
  });

  handle(server, rectificationRoutes.issueRectification, async (request) => {
    const { person, scope } = requireCommand(request, RECTIFICATION_ROLES);
    const { enterpriseId } = request.body;
    const [firm] = await selectEnterprises(ctx.db, { enterpriseId });
    if (!firm) throw new AppError("enterprise.not_found");
    requireScope(scope, firm.region_code);
    const actor = commandingActor(person, firm.region_code);
    return await shown(request, await issueRectification(ctx, firm, request.body, actor));
  });

  handle(server, rectificationRoutes.answerRectificationItem, (request) =>
    step(request, requireOwn, (rectificationId, actor) =>
      answerItem(ctx, rectificationId, { ...request.body, itemNo: request.params.itemNo }, actor),
    ),
  );
  handle(server, rectificationRoutes.submitRectification, (request) =>
    step(request, requireOwn, (rectificationId, actor) => submitRectification(ctx, rectificationId, actor)),
  );
  handle(server, rectificationRoutes.askRectificationExtension, (request) =>
    step(request, requireOwn, (rectificationId, actor) => {
      const { until, reason } = request.body;
      return askExtension(ctx, rectificationId, { until: new Date(until), reason }, actor);
    }),
  );
  handle(server, rectificationRoutes.decideRectificationExtension, (request) =>
    step(request, requireCommanded, (rectificationId, actor) =>
      decideExtension(ctx, rectificationId, request.body, actor),
    ),
  );
  handle(server, rectificationRoutes.reinspectRectification, (request) =>
    step(request, requireCommanded, (rectificationId, actor) => {
      const { items, dueAt } = request.body;
      const due = dueAt === undefined ? undefined : new Date(dueAt);
      return reinspect(ctx, rectificationId, { findings: items, due }, actor);
    }),
  );
  handle(server, rectificationRoutes.cancelRectification, (request) =>
    step(request, requireCommanded, (rectificationId, actor) =>
      cancelRectification(ctx, rectificationId, request.body.reason, actor),
    ),
  );

  handle(server, rectificationRoutes.printRectification, async (request, reply) => {
    const { person, row } = await requireVisible(ctx, request, request.params.rectificationId);
    const publicUrl = ctx.config.http.publicUrl ?? `${request.protocol}://${request.host}`;
    const named = (sealed: Uint8Array | null) => sealed && maskName(ctx.personalData.open("name", sealed));
    const machines = await selectOrderedMachines(ctx.db, row.rectification_id);
    const notice = rectificationNotice({
      row,
      items: await selectItems(ctx.db, row.rectification_id),
      machineNames: machines.map(({ name }) => name),
      issuerName: named(row.issuer_name) ?? "",
      answerableName: named(row.answerable_name),
      checkUrl: `${publicUrl}/m/#/rectification-check/${row.verification_code}`,
    });
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "rectification.printed",
      subject: `rectification:${row.rectification_id}`,
      details: { number: row.rectification_number },
    });
    reply
      .type("application/pdf")
      .header("content-disposition", `attachment; filename="${row.rectification_number}.pdf"`);
    return notice;
  });

  handle(server, rectificationRoutes.verifyRectification, async (request) => {
    const verificationCode = normalVerificationCode(request.params.verificationCode);
    const [row] = await selectRectifications(ctx.db, { verificationCode }, 1, 0);
    if (!row) throw new AppError("rectification.not_found");
    return {
      number: row.rectification_number,
      status: row.status,
      issuedAt: row.issued_at.toISOString(),
      dueAt: row.due_at.toISOString(),
      regionName: row.region_name,
    };
  });
}
