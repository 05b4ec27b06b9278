import { labelRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireScope, requireSight } from "../sign-in/sign-in.ts";
import { countBatches, markPrinted, selectBatches } from "./batch-queries.ts";
import { labelSheets } from "./label-sheets.ts";
import { batchOf, makeBlankLabels, makeMachineLabels, requireBatch, voidLabel } from "./labels.ts";
import {
  countLabels,
  countRefusedCodes,
  selectLabels,
  selectRefusedCodes,
  selectSheetLabels,
} from "./queries.ts";
import { LABELS_A_SHEET } from "./sheet-layout.ts";

/** Who makes, prints and voids labels, each within the regions of the role. */
const ROLES = ["operator", "regulator", "installer"] as const;

export function registerLabels(server: FastifyInstance, ctx: AppContext): void {
  const reachOf = (request: FastifyRequest) => {
    const { person, scope } = requireSight(request, "machines", "rows", ROLES);
    return { by: person.personId, scope };
  };

  handle(server, labelRoutes.makeLabelBatch, async (request) => {
    const { by, scope } = reachOf(request);
    requireScope(scope, request.body.region);
    const labelBatchId =
      request.body.kind === "blank"
        ? await makeBlankLabels(ctx, { ...request.body, by })
        : await makeMachineLabels(ctx, { ...request.body, by }, (machine) =>
            requireScope(scope, machine.region_code, machine.enterprise_id),
          );
    return batchOf(await requireBatch(ctx, labelBatchId));
  });

  handle(server, labelRoutes.listLabelBatches, async (request) => {
    const { scope } = reachOf(request);
    const { page, pageSize, text } = request.query;
    const rows = await selectBatches(ctx.db, { scope, text }, pageSize, (page - 1) * pageSize);
    return { items: rows.map(batchOf), total: await countBatches(ctx.db, { scope, text }), page, pageSize };
  });

  handle(server, labelRoutes.printLabelBatch, async (request, reply) => {
    const { by, scope } = reachOf(request);
    const batch = await requireBatch(ctx, request.params.batchId);
    requireScope(scope, batch.region_code);
    const rows = await selectSheetLabels(ctx.db, batch.label_batch_id);
    await ctx.db.transaction().execute(async (tx) => {
      await markPrinted(tx, batch.label_batch_id, by, new Date(ctx.clock.nowMs()));
      await ctx.audit.record(tx, {
        actor: by,
        action: "label_batch.printed",
        subject: `label_batch:${batch.label_batch_id}`,
        details: { labels: rows.length },
      });
    });
    const publicUrl = ctx.config.http.publicUrl ?? `${request.protocol}://${request.host}`;
    const labels = rows.map(({ machine_code, ...row }) => ({ ...row, machineCode: machine_code }));
    reply
      .type("application/pdf")
      .header("content-disposition", `attachment; filename="labels-${batch.label_batch_id}.pdf"`);
    return labelSheets(labels, publicUrl, batch.name);
  });

  handle(server, labelRoutes.listLabels, async (request) => {
    const { scope } = reachOf(request);
    const { page, pageSize, sort, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectLabels(ctx.db, filter, sort, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => ({
      machineCode: row.machine_code,
      state: row.state,
      region: row.region_code,
      regionName: row.region_name,
      machineId: row.machine_id,
      machineName: row.machine_name,
      machineModel: row.machine_model,
      enterpriseName: row.enterprise_name,
      batchId: row.label_batch_id,
      batchName: row.batch_name,
      sheet: row.place === null ? null : Math.floor(row.place / LABELS_A_SHEET) + 1,
      printedAt: row.printed_at?.toISOString() ?? null,
      madeAt: row.made_at.toISOString(),
      voidedAt: row.voided_at?.toISOString() ?? null,
      voidReason: row.void_reason,
    }));
    return { items, total: await countLabels(ctx.db, filter), page, pageSize };
  });

  handle(server, labelRoutes.voidLabel, async (request) => {
    const { by, scope } = reachOf(request);
    const input = { machineCode: request.params.machineCode, reason: request.body.reason, by };
    return await voidLabel(ctx, input, (label) =>
      requireScope(scope, label.region_code, label.enterprise_id),
    );
  });

  handle(server, labelRoutes.listRefusedCodes, async (request) => {
    const { scope } = reachOf(request);
    const { page, pageSize, reason } = request.query;
    const counts = await countRefusedCodes(ctx.db, scope);
    const rows = await selectRefusedCodes(ctx.db, scope, reason, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => ({
      refusedCodeId: row.refused_code_id,
      machineCode: row.machine_code,
      reason: row.reason,
      machineName: row.machine_name,
      refusedAt: row.refused_at.toISOString(),
    }));
    const total = reason ? counts[reason] : counts.forged + counts.void + counts.blank;
    return { items, total, page, pageSize, counts };
  });
}
