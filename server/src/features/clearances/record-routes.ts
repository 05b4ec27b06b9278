import { clearanceRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { HIDDEN_NAME, maskName } from "../../crypto/mask.ts";
import { handle } from "../../http/contract-route.ts";
import { isInScope, sightOf } from "../sign-in/sign-in.ts";
import { requireVisible } from "./policy.ts";
import { selectEvents, selectPermitRow, selectSmoulderChecks } from "./queries.ts";
import { clearanceRecord } from "./record-pdf.ts";
import { selectScenes, selectShown } from "./scene-queries.ts";
import { selectCalls } from "./station-queries.ts";

const whatWords = { photo: "照片", video: "视频" } as const;

/** The record of a clearance as it goes out of the platform. */
export function registerClearanceRecord(server: FastifyInstance, ctx: AppContext): void {
  handle(server, clearanceRoutes.getClearanceRecord, async (request, reply) => {
    const { row, person, part } = await requireVisible(ctx, request, request.params.clearanceId);
    const firms = [row.enterprise_id, row.site_owner_enterprise_id];
    const isNamed = part !== "none" || isInScope(sightOf(person, "people"), row.region_code, ...firms);
    const nameOf = (sealed: Uint8Array | null) => {
      if (sealed === null) return "";
      return isNamed ? maskName(ctx.personalData.open("name", sealed)) : HIDDEN_NAME;
    };
    const clearanceId = row.clearance_id;
    const scenes = await selectScenes(ctx.db, { clearanceId }, 100, 0);
    const calls = await selectCalls(ctx.db, { clearanceId }, 100, 0);
    const checks = await selectSmoulderChecks(ctx.db, clearanceId);
    const permit = row.permit_id && (await selectPermitRow(ctx.db, row.permit_id));
    const evidenceIds = [...scenes, ...calls, ...checks].flatMap(({ evidence_ids }) => evidence_ids);
    const shown = await selectShown(ctx.db, evidenceIds);
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "clearance.printed",
      subject: `clearance:${clearanceId}`,
      details: { isNamed },
    });
    reply
      .type("application/pdf")
      .header("content-disposition", `attachment; filename="clearance-${clearanceId}.pdf"`);
    return clearanceRecord({
      row,
      permitNumber: permit ? permit.permit_number : null,
      welderName: nameOf(row.welder_name_ciphertext),
      events: (await selectEvents(ctx.db, clearanceId)).map((event) => ({
        ...event,
        actorName: nameOf(event.name_ciphertext),
      })),
      scenes: [...scenes].reverse(),
      calls: [...calls].reverse(),
      smoulderChecks: checks.map((check) => ({ ...check, personName: nameOf(check.name_ciphertext) })),
      evidence: shown.map((one) => ({
        atMs: one.taken_at.getTime(),
        what: whatWords[one.kind],
        sha256: one.found_sha256 && Buffer.from(one.found_sha256).toString("hex"),
      })),
    });
  });
}
