import { z } from "zod";
import { bilingual } from "./language.ts";
import { machineCodeInput } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** `blank`: made, on no machine yet. `bound`: on a machine. `void`: refused wherever it is scanned. */
export const labelState = z.enum(["blank", "bound", "void"]);
export type LabelState = z.infer<typeof labelState>;

/** One label: a machine code as it is printed. */
export const label = z
  .object({
    machineCode: z.string(),
    state: labelState,
    region: regionCode,
    regionName: z.string(),
    machineId: z.uuid().nullable(),
    machineName: z.string().nullable(),
    machineModel: z.string().nullable(),
    enterpriseName: z.string().nullable(),
    /** The batch it was last printed in, with its sheet there; null when it was never put into one. */
    batchId: z.uuid().nullable(),
    batchName: z.string().nullable(),
    sheet: z.int().nullable(),
    printedAt: z.iso.datetime().nullable(),
    madeAt: z.iso.datetime(),
    voidedAt: z.iso.datetime().nullable(),
    voidReason: z.string().nullable(),
  })
  .meta({ id: "Label" });
export type Label = z.infer<typeof label>;

/** Labels that are printed together, 21 an A4 sheet. */
export const labelBatch = z
  .object({
    batchId: z.uuid(),
    name: z.string(),
    kind: z.enum(["blank", "machines"]),
    region: regionCode,
    regionName: z.string(),
    labelCount: z.int(),
    sheetCount: z.int(),
    blankCount: z.int(),
    boundCount: z.int(),
    voidCount: z.int(),
    madeAt: z.iso.datetime(),
    printedAt: z.iso.datetime().nullable(),
    printCount: z.int(),
  })
  .meta({ id: "LabelBatch" });
export type LabelBatch = z.infer<typeof labelBatch>;

/** A code that was shown and refused. */
export const refusedCode = z
  .object({
    refusedCodeId: z.uuid(),
    machineCode: z.string(),
    reason: z.enum(["forged", "void", "blank"]),
    machineName: z.string().nullable(),
    refusedAt: z.iso.datetime(),
  })
  .meta({ id: "RefusedCode" });
export type RefusedCode = z.infer<typeof refusedCode>;

const batchName = z
  .string()
  .trim()
  .min(1, { error: bilingual("请填写批次名称", "Give the batch a name") })
  .max(60);

const MOST_LABELS = 1050;

const newBatch = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("blank"),
    name: batchName,
    region: regionCode,
    count: z
      .int()
      .min(1, { error: bilingual("至少 1 张", "at least 1") })
      .max(MOST_LABELS, { error: bilingual(`一次最多 ${MOST_LABELS} 张`, `at most ${MOST_LABELS} at once`) }),
  }),
  z.object({
    kind: z.literal("machines"),
    name: batchName,
    region: regionCode,
    machineIds: z.array(z.uuid()).min(1).max(MOST_LABELS),
    /** Every machine gets a new code, and the label it has becomes void. */
    voidOld: z.boolean().default(false),
  }),
]);

export const labelRoutes = {
  makeLabelBatch: defineRoute({
    method: "POST",
    path: "/api/label-batches",
    tag: "labels",
    summary: "Labels to print: blank ones with codes made in advance, or those of machines",
    body: newBatch,
    answers: { 201: labelBatch },
    refusals: [401, 403, 404],
  }),
  listLabelBatches: defineRoute({
    method: "GET",
    path: "/api/label-batches",
    tag: "labels",
    summary: "Batches within the caller's regions, newest first",
    query: z.object({ ...pageQuery, text: z.string().trim().max(60).optional() }),
    answers: { 200: pageOf(labelBatch) },
    refusals: [401, 403],
  }),
  printLabelBatch: defineRoute({
    method: "GET",
    path: "/api/label-batches/:batchId/sheets.pdf",
    tag: "labels",
    summary: "The batch as A4 sheets to print; void labels are left out. Counted as a printing",
    params: z.object({ batchId: z.uuid() }),
    answers: { 200: z.unknown().meta({ description: "application/pdf" }) },
    refusals: [401, 403, 404],
  }),
  listLabels: defineRoute({
    method: "GET",
    path: "/api/labels",
    tag: "labels",
    summary: "Labels within the caller's regions",
    query: z.object({
      ...pageQuery,
      state: labelState.optional(),
      batchId: z.uuid().optional(),
      /** Part of the code, or of the machine's or enterprise's name. */
      text: z.string().trim().max(100).optional(),
      sort: z.enum(["madeAt", "-madeAt", "machineCode", "-machineCode"]).default("-madeAt"),
    }),
    answers: { 200: pageOf(label) },
    refusals: [401, 403],
  }),
  voidLabel: defineRoute({
    method: "POST",
    path: "/api/labels/:machineCode/voiding",
    tag: "labels",
    summary:
      "Makes a label void: lost, torn or stolen. A machine gets a new code, in a batch of its own to print",
    params: z.object({ machineCode: machineCodeInput }),
    body: z.object({
      reason: z
        .string()
        .trim()
        .min(2, { error: bilingual("请填写原因（至少 2 个字）", "Give a reason (at least 2 characters)") })
        .max(200),
    }),
    answers: {
      200: z.object({ newMachineCode: z.string().nullable(), newBatchId: z.uuid().nullable() }),
    },
    refusals: [401, 403, 404, 409],
  }),
  listRefusedCodes: defineRoute({
    method: "GET",
    path: "/api/refused-codes",
    tag: "labels",
    summary: "Codes that were shown and refused, newest first; forged ones lie in no region",
    query: z.object({ ...pageQuery, reason: z.enum(["forged", "void", "blank"]).optional() }),
    answers: {
      200: pageOf(refusedCode).extend({
        counts: z.object({ forged: z.int(), void: z.int(), blank: z.int() }),
      }),
    },
    refusals: [401, 403],
  }),
};
