import { cameraRoutes, MAX_PICTURE_PART_BYTES, type RouteParams } from "@hanyouxu/api";
import { type ChipId, parseChipId } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { OFFSET_BYTES, requireTus, TUS_VERSION, wholeNumber } from "../../http/tus.ts";
import { announcePicture, appendPart } from "./receive-pictures.ts";

const COSE = "application/cose";
/** The announcement is some 250 bytes. */
const MOST_ANNOUNCEMENT_BYTES = 1_024;

/** What chips say and send of pictures: no sign-in, the chip's own signature and a token for the one picture. */
export function registerChipPictures(server: FastifyInstance, ctx: AppContext): void {
  // Two a second for ever is more than the cameras of one machine give.
  const announcements = new RateLimiter(ctx.clock, { burst: 300, perMinute: 300 });

  server.register(async (scope) => {
    scope.addContentTypeParser(
      COSE,
      { parseAs: "buffer", bodyLimit: MOST_ANNOUNCEMENT_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.addContentTypeParser(
      OFFSET_BYTES,
      { parseAs: "buffer", bodyLimit: MAX_PICTURE_PART_BYTES },
      (_request, body, done) => done(null, body),
    );

    scope.post(cameraRoutes.announceChipPicture.path, async (request, reply) => {
      if (!Buffer.isBuffer(request.body)) throw new AppError("request.type_unsupported");
      const chipId = chipOf(request);
      announcements.take(chipId);
      const announced = await announcePicture(ctx, chipId, new Uint8Array(request.body));
      void reply
        .status(201)
        .header("location", `${cameraRoutes.announceChipPicture.path}/${announced.pictureId}`)
        .header("upload-offset", announced.offset);
      return { ...announced, expiresAt: announced.expiresAt?.toISOString() ?? null };
    });

    scope.patch(cameraRoutes.appendChipPicture.path, {
      schema: { params: cameraRoutes.appendChipPicture.params },
      async handler(request, reply) {
        void reply.header("tus-resumable", TUS_VERSION);
        const { pictureId } = request.params as RouteParams<typeof cameraRoutes.appendChipPicture>;
        requireTus(request);
        if (!Buffer.isBuffer(request.body)) throw new AppError("request.type_unsupported");
        const offset = wholeNumber(request, "upload-offset");
        const part = new Uint8Array(request.body);
        const now = await appendPart(ctx, pictureId, tokenOf(request), offset, part);
        return reply.status(204).header("upload-offset", now).send();
      },
    });
  });
}

function chipOf(request: FastifyRequest): ChipId {
  const said = request.headers["hy-chip-id"];
  const chipId = typeof said === "string" ? parseChipId(said) : undefined;
  if (!chipId) throw new AppError("camera.announcement_untrusted");
  return chipId;
}

function tokenOf(request: FastifyRequest): string {
  const [scheme, token] = (request.headers.authorization ?? "").split(" ");
  if (scheme !== "Bearer" || !token) throw new AppError("camera.upload_untrusted");
  return token;
}
