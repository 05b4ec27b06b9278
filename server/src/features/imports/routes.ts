import { importRoutes, MAX_IMPORT_BYTES, type RouteParams, type RouteQuery } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { sendAttachment } from "../../http/attachment.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { importColumns } from "./columns.ts";
import {
  cancelImport,
  decideImport,
  importOf,
  reachOf,
  requireImport,
  requireImporter,
  requireImportRole,
  uploadImport,
} from "./imports.ts";
import { issueMessage } from "./issues.ts";
import { countImports, countIssues, selectImports, selectIssues } from "./queries.ts";
import { reportOf } from "./report.ts";
import { templateOf } from "./template.ts";

export function registerImports(server: FastifyInstance, ctx: AppContext): void {
  async function reachable(request: FastifyRequest, importId: string) {
    const person = requireImportRole(request);
    return { person, row: await requireImport(ctx, person, importId) };
  }
  const shown = async (request: FastifyRequest, importId: string) =>
    importOf(ctx, (await reachable(request, importId)).row, languageOf(request));

  const { downloadTemplate, downloadImportReport, uploadImport: upload } = importRoutes;
  server.get(downloadTemplate.path, {
    schema: { params: downloadTemplate.params },
    preValidation: refuseStrangers,
    async handler(request, reply) {
      const { kind } = request.params as RouteParams<typeof downloadTemplate>;
      requireImporter(request, kind);
      const { name, bytes } = await templateOf(kind);
      return sendAttachment(reply, "xlsx", name, bytes);
    },
  });

  // A file is taken as it is, and only here: elsewhere a body is JSON.
  server.register(async (scope) => {
    const limits = { parseAs: "buffer", bodyLimit: MAX_IMPORT_BYTES } as const;
    scope.addContentTypeParser("application/octet-stream", limits, (_request, body, done) =>
      done(null, body),
    );
    scope.post(upload.path, {
      schema: { querystring: upload.query },
      bodyLimit: MAX_IMPORT_BYTES,
      preValidation: refuseStrangers,
      async handler(request, reply) {
        const { kind, fileName } = request.query as RouteQuery<typeof upload>;
        const importer = requireImporter(request, kind);
        if (!(request.body instanceof Uint8Array)) throw new AppError("import.file_type");
        const importId = await uploadImport(ctx, importer, { kind, fileName, bytes: request.body });
        return reply.send(await shown(request, importId));
      },
    });
  });

  handle(server, importRoutes.listImports, async (request) => {
    const person = requireImportRole(request);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, ...reachOf(person) };
    const rows = await selectImports(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => importOf(ctx, row, languageOf(request)));
    return { items, total: await countImports(ctx.db, filter), page, pageSize };
  });

  handle(server, importRoutes.getImport, async (request) => await shown(request, request.params.importId));

  handle(server, importRoutes.listImportIssues, async (request) => {
    const { row } = await reachable(request, request.params.importId);
    const { page, pageSize, ...query } = request.query;
    const filter = { importId: row.import_id, ...query };
    const language = languageOf(request);
    const titles = new Map(
      importColumns[row.kind].map(({ key, title }) => [key, title[language === "en" ? "en" : "zh"]]),
    );
    const issues = await selectIssues(ctx.db, filter, { limit: pageSize, offset: (page - 1) * pageSize });
    const items = issues.map(({ row_number, column_key, code, details, is_warning }) => ({
      row: row_number,
      column: titles.get(column_key) ?? column_key,
      code,
      message: issueMessage(code, details, language),
      isWarning: is_warning,
    }));
    return { items, total: await countIssues(ctx.db, filter), page, pageSize };
  });

  server.get(downloadImportReport.path, {
    schema: { params: downloadImportReport.params },
    preValidation: refuseStrangers,
    async handler(request, reply) {
      const { importId } = request.params as RouteParams<typeof downloadImportReport>;
      const { person, row } = await reachable(request, importId);
      // The rows are as the person wrote them, unmasked: nobody else's to see.
      if (row.uploaded_by !== person.personId) throw new AppError("role.forbidden");
      const bytes = await reportOf(ctx, row, person.personId, languageOf(request));
      return sendAttachment(reply, "xlsx", `错误-${row.file_name.replace(/\.\w+$/, "")}.xlsx`, bytes);
    },
  });

  handle(server, importRoutes.applyImport, async (request) => {
    const { person, row } = await reachable(request, request.params.importId);
    if (row.uploaded_by !== person.personId) throw new AppError("role.forbidden");
    const { scope } = requireImporter(request, row.kind);
    await decideImport(ctx, scope, row, request.body.mode);
    return await shown(request, row.import_id);
  });

  handle(server, importRoutes.cancelImport, async (request) => {
    const { person, row } = await reachable(request, request.params.importId);
    await cancelImport(ctx, person, row);
    return await shown(request, row.import_id);
  });
}
