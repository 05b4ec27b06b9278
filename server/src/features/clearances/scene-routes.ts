import { type SceneReview, sceneCheckRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { HIDDEN_NAME, maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { isInScope, type Person, requireScope, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { JUDGE_ROLES } from "./policy.ts";
import { selectPrograms } from "./program-queries.ts";
import { judgeScene } from "./scene.ts";
import { countScenes, type SceneRow, selectScenes } from "./scene-queries.ts";
import { aroundScenes, sceneCheckOf } from "./scene-view.ts";
import { staffReport } from "./staff-report.ts";

export function registerSceneChecks(server: FastifyInstance, ctx: AppContext): void {
  async function reviewsOf(person: Person, rows: readonly SceneRow[]): Promise<SceneReview[]> {
    const around = await aroundScenes(ctx, rows);
    const named = sightOf(person, "people");
    const nowMs = ctx.clock.nowMs();
    return rows.map((row) => ({
      ...sceneCheckOf(row, around),
      clearanceId: row.clearance_id,
      keyAreaName: row.key_area_name,
      keyAreaKind: row.key_area_kind,
      region: row.region_code,
      machineName: row.machine_name,
      enterpriseName: row.enterprise_name,
      welderName: isInScope(named, row.region_code)
        ? maskName(ctx.personalData.open("name", row.name_ciphertext))
        : HIDDEN_NAME,
      isOverdue: row.status === "waiting" && row.due_at.getTime() < nowMs,
    }));
  }

  async function requireScene(request: Pick<FastifyRequest, "person">, sceneCheckId: string) {
    const { person, scope } = requireSight(request, "sessions", "rows", JUDGE_ROLES);
    const [row] = await selectScenes(ctx.db, { sceneCheckId }, 1, 0);
    if (!row) throw new AppError("scene_check.not_found");
    requireScope({ ...scope, enterprises: [] }, row.region_code);
    return { person, row };
  }

  async function shown(request: Pick<FastifyRequest, "person">, sceneCheckId: string) {
    const { person, row } = await requireScene(request, sceneCheckId);
    const [review] = await reviewsOf(person, [row]);
    return review!;
  }

  handle(server, sceneCheckRoutes.listSceneReviews, async (request) => {
    const { person, scope } = requireSight(request, "sessions", "rows", JUDGE_ROLES);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectScenes(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return { items: await reviewsOf(person, rows), total: await countScenes(ctx.db, filter), page, pageSize };
  });

  handle(
    server,
    sceneCheckRoutes.getSceneReview,
    async (request) => await shown(request, request.params.sceneCheckId),
  );

  handle(server, sceneCheckRoutes.judgeScene, async (request) => {
    const { person, row } = await requireScene(request, request.params.sceneCheckId);
    const [program] = await selectPrograms(ctx.db, [row.scene_check_id]);
    const report = staffReport(request.body, row.evidence_ids, program?.findings ?? []);
    await judgeScene(ctx, row.scene_check_id, report, person.personId);
    return await shown(request, row.scene_check_id);
  });
}
