import type { Readable } from "node:stream";
import { evidenceRoutes, newEvidence, type RouteParams } from "@hanyouxu/api";
import type { EvidenceId } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { languageOf } from "../../http/request-language.ts";
import { sendRange } from "../../http/send-range.ts";
import {
  announcedUpload,
  OFFSET_BYTES,
  requireTus,
  sayUpload,
  TUS_EXTENSIONS,
  TUS_VERSION,
  wholeNumber,
} from "../../http/tus.ts";
import { requirePerson } from "../sign-in/sign-in.ts";
import { issueChallenge } from "./challenge.ts";
import { createEvidence, requireOwn } from "./create-evidence.ts";
import { deleteOwn } from "./delete-evidence.ts";
import { evidenceOf } from "./evidence.ts";
import { evidenceView } from "./evidence-view.ts";
import { evidencePreview, openEvidence } from "./open-evidence.ts";
import type { EvidenceRow } from "./queries.ts";
import { Readings } from "./readings.ts";
import { type EvidenceSubjects, subjectOf } from "./subjects.ts";
import { takeBytes, UploadTurns } from "./upload.ts";

export function registerEvidence(server: FastifyInstance, ctx: AppContext, subjects: EvidenceSubjects): void {
  const challenges = new RateLimiter(ctx.clock, { burst: 30, perMinute: 10 });
  const readings = new Readings(ctx);
  const turns = new UploadTurns();

  handle(server, evidenceRoutes.issueEvidenceChallenge, async (request) => {
    const person = requirePerson(request);
    const subject = subjectOf(subjects, request.body.purpose);
    await subject.requireCapturer(person, request.body.subjectId);
    challenges.take(person.personId);
    const challenge = await issueChallenge(ctx, { personId: person.personId, ...request.body });
    return { ...challenge, allowsGallery: subject.allowsGallery };
  });

  handle(server, evidenceRoutes.listEvidence, async (request) => {
    const person = requirePerson(request);
    await subjectOf(subjects, request.query.purpose).requireReader(person, request.query.subjectId);
    const rows = await evidenceOf(ctx.db, request.query);
    await readings.record(person, `${request.query.purpose}:${request.query.subjectId}`, rows, "evidence");
    return { evidence: rows.map((row) => evidenceView(ctx, row, languageOf(request))) };
  });

  async function readable(request: FastifyRequest, evidenceId: string, what: string) {
    const person = requirePerson(request);
    const row = await readings.require(person, evidenceId, subjects);
    await readings.record(person, `evidence:${evidenceId}`, [row], what);
  }

  server.get(evidenceRoutes.getEvidenceContent.path, {
    schema: { params: evidenceRoutes.getEvidenceContent.params },
    preValidation: refuseStrangers,
    async handler(request, reply) {
      const { evidenceId } = request.params as RouteParams<typeof evidenceRoutes.getEvidenceContent>;
      await readable(request, evidenceId, "evidence-content");
      return sendRange(request, reply, await openEvidence(ctx, evidenceId));
    },
  });

  server.get(evidenceRoutes.getEvidencePreview.path, {
    schema: { params: evidenceRoutes.getEvidencePreview.params },
    preValidation: refuseStrangers,
    async handler(request, reply) {
      const { evidenceId } = request.params as RouteParams<typeof evidenceRoutes.getEvidencePreview>;
      await readable(request, evidenceId, "evidence-preview");
      return reply.type("image/jpeg").send(Buffer.from(await evidencePreview(ctx, evidenceId)));
    },
  });

  // What tus clients speak: bytes as they are, and tus' headers on every answer, refusals too.
  server.register(async (scope) => {
    scope.addContentTypeParser(OFFSET_BYTES, (_request, body, done) => done(null, body));
    scope.addHook("onRequest", async (_request, reply) => {
      void reply.header("tus-resumable", TUS_VERSION);
    });

    scope.options(evidenceRoutes.createEvidence.path, async (_request, reply) =>
      reply.status(204).header("tus-version", TUS_VERSION).header("tus-extension", TUS_EXTENSIONS).send(),
    );

    scope.post(evidenceRoutes.createEvidence.path, {
      preValidation: refuseStrangers,
      async handler(request, reply) {
        const person = requirePerson(request);
        requireTus(request);
        const row = await createEvidence(
          ctx,
          subjects,
          person,
          announcedUpload(request, "evidence", newEvidence),
        );
        sayUpload(reply, uploadOf(row));
        void reply.status(201).header("location", `${evidenceRoutes.createEvidence.path}/${row.evidence_id}`);
        return evidenceView(ctx, row, languageOf(request));
      },
    });

    // Fastify answers HEAD by the same handler, without its body.
    handle(scope, evidenceRoutes.getEvidence, async (request, reply) => {
      const row = await requireOwn(ctx, requirePerson(request).personId, request.params.evidenceId);
      sayUpload(reply, uploadOf(row));
      return evidenceView(ctx, row, languageOf(request));
    });

    scope.patch(evidenceRoutes.appendEvidence.path, {
      schema: { params: evidenceRoutes.appendEvidence.params },
      preValidation: refuseStrangers,
      handler: (request, reply) => append(request, reply),
    });

    handle(scope, evidenceRoutes.deleteEvidence, async (request) => {
      const { personId } = requirePerson(request);
      await deleteOwn(ctx, personId, request.params.evidenceId as EvidenceId);
      return null;
    });
  });

  async function append(request: FastifyRequest, reply: FastifyReply) {
    const { personId } = requirePerson(request);
    const { evidenceId } = request.params as RouteParams<typeof evidenceRoutes.appendEvidence>;
    await requireOwn(ctx, personId, evidenceId);
    requireTus(request);
    if (request.headers["content-type"] !== OFFSET_BYTES) throw new AppError("request.type_unsupported");
    const offset = wholeNumber(request, "upload-offset");
    const now = await turns.take(evidenceId, async (isOvertaken) => {
      const row = await requireOwn(ctx, personId, evidenceId);
      if (row.received_bytes !== offset) {
        throw new AppError("evidence.offset_conflict", { details: { offset: row.received_bytes } });
      }
      if (row.state !== "uploading") throw new AppError("evidence.upload_ended");
      if (row.upload_expires_at.getTime() <= ctx.clock.nowMs()) throw new AppError("evidence.upload_expired");
      const body = request.body as Readable;
      try {
        // Left early, the stream stays whole and runs dry: the refusal goes down the same socket.
        return await takeBytes(ctx, row, body.iterator({ destroyOnReturn: false }), isOvertaken);
      } finally {
        // Only then is the iterator's own listener off, which would hold the stream.
        setImmediate(() => body.resume());
      }
    });
    return reply.status(204).header("upload-offset", now).send();
  }
}

function uploadOf(row: EvidenceRow) {
  const expiresAt = row.state === "uploading" ? row.upload_expires_at : null;
  return { offset: row.received_bytes, sizeBytes: row.size_bytes, expiresAt };
}
