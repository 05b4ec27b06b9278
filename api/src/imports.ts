import { z } from "zod";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";

/** What a sheet brings in: a row is an enterprise, a machine, or a welder with one certificate. */
export const importKind = z.enum(["enterprises", "machines", "welders"]);
export type ImportKind = z.infer<typeof importKind>;

/**
 * checking: rows are looked at, nothing is taken in; checked: the person decides; applying, applied; refused: the file as
 * a whole is of no use (`problem` says why); failed: given up after several tries, nothing is in.
 */
export const importStatus = z.enum([
  "checking",
  "checked",
  "applying",
  "applied",
  "cancelled",
  "refused",
  "failed",
]);
export type ImportStatus = z.infer<typeof importStatus>;

/** all-or-nothing: refused while any row is bad; skip-bad-rows: the good rows, in one transaction. */
export const importMode = z.enum(["all-or-nothing", "skip-bad-rows"]);
export type ImportMode = z.infer<typeof importMode>;

/** Bytes of an uploaded file at most; 50,000 rows of twelve columns are about 4 MiB. */
export const MAX_IMPORT_BYTES = 16 * 1024 * 1024;
/** Rows of one file at most, the head not counted. */
export const MAX_IMPORT_ROWS = 50_000;

export const bulkImport = z
  .object({
    importId: z.uuid(),
    kind: importKind,
    fileName: z.string(),
    fileBytes: z.int(),
    /** SHA-256 of the file, hexadecimal: what was imported can be told for ever. */
    fileSha256: z.string(),
    /** Until when the report can be downloaded; the file is deleted then. */
    fileUntil: z.iso.datetime(),
    uploadedAt: z.iso.datetime(),
    uploadedByName: z.string(),
    status: importStatus,
    mode: importMode.nullable(),
    /** Null until the file has been read. */
    rowsTotal: z.int().nullable(),
    rowsDone: z.int(),
    rowsBad: z.int(),
    /** Example rows of the template that were left in and are passed over. */
    rowsExample: z.int(),
    warnings: z.int(),
    /** Of the good rows: to be added, to be changed, the same as what is there. After applying: were added, … */
    toInsert: z.int(),
    toUpdate: z.int(),
    unchanged: z.int(),
    /** Why a file is refused or an import failed, and what to do. */
    problem: z.object({ code: z.string(), message: z.string() }).nullable(),
    checkedAt: z.iso.datetime().nullable(),
    appliedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "BulkImport" });
export type BulkImport = z.infer<typeof bulkImport>;

export const importIssue = z
  .object({
    /** As the spreadsheet numbers its rows: the head is 1. */
    row: z.int(),
    /** The head of the column as in the template. */
    column: z.string(),
    code: z.string(),
    /** What is wrong and how to put it right; never the value itself. */
    message: z.string(),
    isWarning: z.boolean(),
  })
  .meta({ id: "ImportIssue" });
export type ImportIssue = z.infer<typeof importIssue>;

const importParams = z.object({ importId: z.uuid() });
const spreadsheet = (what: string) =>
  z
    .string()
    .meta({ description: `${what} (application/vnd.openxmlformats-officedocument.spreadsheetml.sheet)` });

export const importRoutes = {
  downloadTemplate: defineRoute({
    method: "GET",
    path: "/api/imports/templates/:kind",
    tag: "imports",
    summary: "An empty sheet with the columns' heads, one example row and an explanation of each column",
    params: z.object({ kind: importKind }),
    answers: { 200: spreadsheet("the template") },
    refusals: [401, 403],
  }),
  /** The body is the file itself: application/octet-stream, xlsx or csv (UTF-8 or GB 18030), at most 16 MiB. */
  uploadImport: defineRoute({
    method: "POST",
    path: "/api/imports",
    tag: "imports",
    summary: "Uploads a file and begins to check it; nothing is taken in yet",
    query: z.object({
      kind: importKind,
      fileName: z
        .string()
        .trim()
        .min(1, { error: bilingual("请给出文件名", "Give the file's name") })
        .max(200),
    }),
    answers: { 200: bulkImport },
    refusals: [401, 403, 413, 415],
  }),
  listImports: defineRoute({
    method: "GET",
    path: "/api/imports",
    tag: "imports",
    summary: "The caller's own imports, newest first; an operator of the whole platform sees everybody's",
    query: z.object({ ...pageQuery, kind: importKind.optional(), status: importStatus.optional() }),
    answers: { 200: pageOf(bulkImport) },
    refusals: [401, 403],
  }),
  getImport: defineRoute({
    method: "GET",
    path: "/api/imports/:importId",
    tag: "imports",
    summary: "One import as it stands, with its progress",
    params: importParams,
    answers: { 200: bulkImport },
    refusals: [401, 403, 404],
  }),
  listImportIssues: defineRoute({
    method: "GET",
    path: "/api/imports/:importId/issues",
    tag: "imports",
    summary: "What is wrong, by row and column",
    params: importParams,
    query: z.object({ ...pageQuery, isWarning: z.stringbool().optional() }),
    answers: { 200: pageOf(importIssue) },
    refusals: [401, 403, 404],
  }),
  downloadImportReport: defineRoute({
    method: "GET",
    path: "/api/imports/:importId/report",
    tag: "imports",
    summary: "The rows that need attention as they were uploaded, with what is wrong in a last column",
    params: importParams,
    answers: { 200: spreadsheet("the report") },
    refusals: [401, 403, 404, 409],
  }),
  applyImport: defineRoute({
    method: "POST",
    path: "/api/imports/:importId/apply",
    tag: "imports",
    summary: "Takes the checked rows in, in one transaction",
    params: importParams,
    body: z.object({ mode: importMode }),
    answers: { 200: bulkImport },
    refusals: [401, 403, 404, 409],
  }),
  cancelImport: defineRoute({
    method: "POST",
    path: "/api/imports/:importId/cancel",
    tag: "imports",
    summary: "Gives an import up before it is applied; nothing of it stays but its record",
    params: importParams,
    answers: { 200: bulkImport },
    refusals: [401, 403, 404, 409],
  }),
};
