import { auditRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { verifyAuditChain } from "./audit.ts";
import { countEntries, selectEntries } from "./list-queries.ts";

const READERS = ["operator", "regulator"] as const;

export function registerAudit(server: FastifyInstance, ctx: AppContext): void {
  handle(server, auditRoutes.listAudit, async (request) => {
    const reader = requireRole(request, ...READERS);
    requireSight(request, "people");
    const roles = reader.roles.filter(({ role }) => READERS.some((it) => it === role));
    const scope = sightOf({ ...reader, roles }, "people");
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectEntries(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return {
      items: rows.map((row) => ({
        seq: row.seq,
        at: row.at.toISOString(),
        actor: row.actor,
        actorName: row.name_ciphertext
          ? maskName(ctx.personalData.open("name", row.name_ciphertext))
          : row.client_name,
        action: row.action,
        subject: row.subject,
        details: row.details,
      })),
      total: await countEntries(ctx.db, filter),
      page,
      pageSize,
    };
  });

  handle(server, auditRoutes.verifyAudit, async (request) => {
    const { personId } = requireRole(request, ...READERS);
    const { entries, brokenAt, headHash } = await verifyAuditChain(ctx.db);
    await ctx.audit.record(ctx.db, {
      actor: personId,
      action: "audit.verified",
      subject: "audit-log",
      details: { entries, brokenAt: brokenAt ?? null },
    });
    return { entries, brokenAt: brokenAt ?? null, headHash };
  });
}
