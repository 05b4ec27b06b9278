import { cameraRoutes, type RouteParams } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { sendRange } from "../../http/send-range.ts";
import { alarmEvidence } from "../alarms/alarms.ts";
import { ReadingLog } from "../audit/audit.ts";
import { requireMachine } from "../machines/machines.ts";
import { openSealedPicture } from "../photos/photos.ts";
import { requireScope, requireSight } from "../sign-in/sign-in.ts";
import { registerChipPictures } from "./chip-routes.ts";
import {
  findCamera,
  findClip,
  findPicture,
  selectAroundAlarm,
  selectCameras,
  selectClips,
  selectPictures,
  updateCameraName,
} from "./record-queries.ts";
import { recordsOf } from "./records.ts";
import { requestPicture } from "./request-picture.ts";
import { endWatch, IDLE_MS, nextFrame, startWatch } from "./watches.ts";

/** Pictures show people: who sees people's rows somewhere sees what cameras took there, and every reading is written down. */
export function registerCameras(server: FastifyInstance, ctx: AppContext): void {
  const readings = new ReadingLog(ctx);
  const requests = new RateLimiter(ctx.clock, { burst: 20, perMinute: 6 });
  const alarms = alarmEvidence(ctx);
  registerChipPictures(server, ctx);

  async function filmedMachine(request: FastifyRequest, machineId: string) {
    const { person, scope } = requireSight(request, "people");
    const machine = await requireMachine(ctx, machineId);
    requireScope(scope, machine.region_code, machine.enterprise_id);
    return { person, machine };
  }

  async function reachableCamera(request: FastifyRequest, cameraId: string) {
    const { person, scope } = requireSight(request, "people");
    const camera = await findCamera(ctx.db, cameraId);
    if (!camera) throw new AppError("camera.not_found");
    requireScope(scope, camera.region_code, camera.enterprise_id);
    return { person, camera };
  }

  handle(server, cameraRoutes.listMachineCameras, async (request) => {
    const { machine } = await filmedMachine(request, request.params.machineId);
    const watchedSince = new Date(ctx.clock.nowMs() - IDLE_MS);
    const rows = await selectCameras(ctx.db, machine.machine_id, watchedSince);
    return {
      cameras: rows.map((row) => ({
        cameraId: row.camera_id,
        number: row.camera_number,
        name: row.name,
        lastTakenAt: row.last_taken_at?.toISOString() ?? null,
        watchers: row.watchers ?? 0,
      })),
    };
  });

  handle(server, cameraRoutes.nameCamera, async (request) => {
    const { person, camera } = await reachableCamera(request, request.params.cameraId);
    const { name } = request.body;
    await ctx.db.transaction().execute(async (tx) => {
      await updateCameraName(tx, camera.camera_id, name);
      await ctx.audit.record(tx, {
        actor: person.personId,
        action: "camera.named",
        subject: `machine:${camera.machine_id}`,
        details: { cameraNumber: camera.camera_number, name },
      });
    });
    return null;
  });

  handle(server, cameraRoutes.listMachineRecords, async (request) => {
    const { machine } = await filmedMachine(request, request.params.machineId);
    const { workSessionId, before, limit } = request.query;
    const filter = {
      machineId: machine.machine_id,
      workSessionId: workSessionId as never,
      before: before ? new Date(before) : undefined,
    };
    const clips = workSessionId ? [] : await selectClips(ctx.db, filter, limit);
    return recordsOf({ pictures: await selectPictures(ctx.db, filter, limit), clips });
  });

  handle(server, cameraRoutes.listAlarmRecords, async (request) => {
    const { person } = requireSight(request, "people");
    const { alarmId } = request.params;
    await alarms.requireReader(person, alarmId);
    return recordsOf(await selectAroundAlarm(ctx.db, alarmId));
  });

  async function readable<Row extends { machine_id: string; region_code: string; enterprise_id: string }>(
    request: FastifyRequest,
    find: () => Promise<Row | undefined>,
    what: string,
  ): Promise<Row> {
    const { person, scope } = requireSight(request, "people");
    const row = await find();
    if (!row) throw new AppError("camera.picture_not_found");
    requireScope(scope, row.region_code, row.enterprise_id);
    await readings.record(person.personId, `machine:${row.machine_id}`, what, 1);
    return row;
  }

  server.get(cameraRoutes.getPictureContent.path, {
    schema: { params: cameraRoutes.getPictureContent.params },
    preValidation: refuseStrangers,
    async handler(request, reply) {
      const { pictureId } = request.params as RouteParams<typeof cameraRoutes.getPictureContent>;
      const row = await readable(request, () => findPicture(ctx.db, pictureId), "camera-pictures");
      void reply.type("image/jpeg").header("content-disposition", "inline");
      return Buffer.from(await openSealedPicture(ctx, row.blob_id!, row.key_ciphertext!));
    },
  });

  server.get(cameraRoutes.getClipContent.path, {
    schema: { params: cameraRoutes.getClipContent.params },
    preValidation: refuseStrangers,
    async handler(request, reply) {
      const { clipId } = request.params as RouteParams<typeof cameraRoutes.getClipContent>;
      const row = await readable(request, () => findClip(ctx.db, clipId), "camera-clips");
      const film = await openSealedPicture(ctx, row.blob_id!, row.key_ciphertext!);
      return sendRange(request, reply, {
        mediaType: "video/mp4",
        sizeBytes: film.length,
        async *read(fromByte, toByte) {
          yield film.subarray(fromByte, toByte);
        },
      });
    },
  });

  handle(server, cameraRoutes.requestPicture, async (request) => {
    const { person, machine } = await filmedMachine(request, request.params.machineId);
    requests.take(person.personId);
    return { commandId: await requestPicture(ctx, machine, person.personId, request.body) };
  });

  handle(server, cameraRoutes.startWatch, async (request) => {
    const { person, camera } = await reachableCamera(request, request.params.cameraId);
    requests.take(person.personId);
    const { watchId, endsAt } = await startWatch(ctx, camera, person.personId, request.body.reason);
    return { watchId, endsAt: endsAt.toISOString() };
  });

  server.get(cameraRoutes.getWatchFrame.path, {
    schema: { params: cameraRoutes.getWatchFrame.params, querystring: cameraRoutes.getWatchFrame.query },
    preValidation: refuseStrangers,
    async handler(request, reply) {
      // Asked anew for every picture: a right that is withdrawn ends the watching.
      const { person } = requireSight(request, "people");
      const { watchId } = request.params as RouteParams<typeof cameraRoutes.getWatchFrame>;
      const { after } = request.query as { after?: string };
      const frame = await nextFrame(ctx, watchId, person.personId, after);
      if (!frame) return reply.status(204).send();
      return reply.type("image/jpeg").header("hy-picture-id", frame.pictureId).send(Buffer.from(frame.bytes));
    },
  });

  handle(server, cameraRoutes.endWatch, async (request) => {
    const { person } = requireSight(request, "people");
    await endWatch(ctx, request.params.watchId, person.personId);
    return null;
  });
}
