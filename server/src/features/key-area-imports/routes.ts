import { keyAreaImportRoutes, MAX_AREA_FILE_BYTES, type RouteQuery } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { refuseStrangers } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { requireEditor } from "../key-areas/key-areas.ts";
import { importKeyAreas, previewKeyAreas } from "./key-area-imports.ts";

const { previewKeyAreas: preview, importKeyAreas: commit } = keyAreaImportRoutes;

export function registerKeyAreaImports(server: FastifyInstance, ctx: AppContext): void {
  function inputOf(request: FastifyRequest) {
    const { person, scope } = requireEditor(request);
    if (!(request.body instanceof Uint8Array)) throw new AppError("key_area_import.unknown_format");
    const { datum, kind, region } = request.query as RouteQuery<typeof preview>;
    const input = {
      bytes: new Uint8Array(request.body),
      defaults: { datum, kind, region },
      scope,
      language: languageOf(request),
    };
    return { person, input };
  }

  // A file is taken as it is, and only here: elsewhere a body is JSON.
  server.register(async (scope) => {
    const limits = { parseAs: "buffer", bodyLimit: MAX_AREA_FILE_BYTES } as const;
    scope.addContentTypeParser("application/octet-stream", limits, (_request, body, done) =>
      done(null, body),
    );
    const options = { bodyLimit: MAX_AREA_FILE_BYTES, preValidation: refuseStrangers };
    scope.post(preview.path, { ...options, schema: { querystring: preview.query } }, async (request) =>
      previewKeyAreas(ctx, inputOf(request).input),
    );
    scope.post(commit.path, { ...options, schema: { querystring: commit.query } }, async (request) => {
      const { person, input } = inputOf(request);
      const { mode, reason } = request.query as RouteQuery<typeof commit>;
      const isWhole = mode === "all-or-nothing";
      return await importKeyAreas(ctx, { ...input, isWhole, reason, actor: person.personId });
    });
  });
}
