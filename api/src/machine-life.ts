import { LONGEST_MODEL_TEXT, parseMachineModel, weldingProcesses } from "@hanyouxu/rules";
import { z } from "zod";
import { bilingual } from "./language.ts";
import { machineStatus, machineStep } from "./machine-status.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

const reason = z
  .string()
  .trim()
  .min(2, { error: bilingual("请填写原因（至少 2 个字）", "Give a reason (at least 2 characters)") })
  .max(200);
const civilDay = z.iso.date({
  error: bilingual(
    "日期应为 年-月-日，例如 2026-11-26",
    "Write the date as year-month-day, as in 2026-11-26",
  ),
});
const uscc = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/, {
    error: bilingual(
      "统一社会信用代码应为 18 位数字或大写字母",
      "A unified social credit code has 18 digits or capital letters",
    ),
  });

const machineEntry = z.object({
  name: z
    .string()
    .trim()
    .min(2, { error: bilingual("请填写焊机名称（至少 2 个字）", "Name the machine (at least 2 characters)") })
    .max(60),
  /** As on the nameplate. */
  model: z
    .string()
    .trim()
    .min(1, { error: bilingual("请填写铭牌上的型号", "Write the designation on the nameplate") })
    .max(LONGEST_MODEL_TEXT),
  /** Needed only when the designation does not tell it. */
  process: z.enum(weldingProcesses).optional(),
  serialNumber: z.string().trim().max(60).optional(),
  isMobile: z.boolean().default(false),
});

/** A machine whose designation tells no process needs one from the person. */
function needsProcess(
  entry: { model: string; process?: string | undefined },
  context: { addIssue(issue: { code: "custom"; path: string[]; message: string }): void },
): void {
  if (entry.process !== undefined) return;
  const parsed = parseMachineModel(entry.model);
  if (parsed.ok && parsed.value.process !== null) return;
  context.addIssue({
    code: "custom",
    path: ["process"],
    message: bilingual(
      "从型号看不出焊接工艺，请选择工艺",
      "The designation does not tell the process: choose it",
    ),
  });
}

/** Who may own a machine that the caller registers. */
export const machineOwner = z
  .object({ enterpriseId: z.uuid(), name: z.string(), uscc: z.string().nullable(), regionName: z.string() })
  .meta({ id: "MachineOwner" });
export type MachineOwner = z.infer<typeof machineOwner>;

export const chipFitting = z
  .object({
    chipId: z.string(),
    fittedAt: z.iso.datetime(),
    removedAt: z.iso.datetime().nullable(),
    /** Why it left; null while it sits there. */
    removal: z.enum(["swapped", "moved", "scrapped"]).nullable(),
    wasRevoked: z.boolean(),
  })
  .meta({ id: "ChipFitting" });
export type ChipFitting = z.infer<typeof chipFitting>;

export const transferStatus = z.enum(["offered", "accepted", "declined", "withdrawn"]);

export const machineTransfer = z
  .object({
    transferId: z.uuid(),
    machineId: z.uuid(),
    machineName: z.string(),
    model: z.string(),
    status: transferStatus,
    fromName: z.string(),
    toName: z.string(),
    reason: z.string(),
    offeredAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    decisionNote: z.string().nullable(),
    /** What the caller may do with it now. */
    mayAccept: z.boolean(),
    mayWithdraw: z.boolean(),
  })
  .meta({ id: "MachineTransfer" });
export type MachineTransfer = z.infer<typeof machineTransfer>;

export const dueInspection = z
  .object({
    machineId: z.uuid(),
    machineName: z.string(),
    model: z.string(),
    enterpriseName: z.string(),
    regionName: z.string(),
    inspectedOn: z.string().nullable(),
    inspectionDueOn: z.string(),
    /** Negative when overdue; 0 on the last good day. */
    daysLeft: z.int(),
  })
  .meta({ id: "DueInspection" });
export type DueInspection = z.infer<typeof dueInspection>;

const machineParams = z.object({ machineId: z.uuid() });
const transferParams = z.object({ transferId: z.uuid() });
const registered = z
  .object({ machineId: z.uuid(), machineCode: z.string(), process: z.enum(weldingProcesses) })
  .meta({ id: "RegisteredMachine" });
const stepTaken = z.object({ status: machineStatus }).meta({ id: "StepTaken" });
const noContent = z.null().meta({ description: "No content" });

export const machineLifeRoutes = {
  findOwners: defineRoute({
    method: "GET",
    path: "/api/machine-owners",
    tag: "machine life",
    summary:
      "Enterprises for which the caller may register machines, by part of the name or the whole credit code",
    query: z.object({ text: z.string().trim().max(60).optional() }),
    answers: { 200: z.object({ owners: z.array(machineOwner) }) },
    refusals: [401, 403],
  }),
  registerMachine: defineRoute({
    method: "POST",
    path: "/api/machines",
    tag: "machine life",
    summary: "Register a machine; it gets its code at once, its chip later",
    body: machineEntry
      .extend({
        enterpriseId: z.uuid(),
        /** Absent: where the enterprise is. */
        region: regionCode.optional(),
        home: position.omit({ accuracyMetres: true }).optional(),
      })
      .superRefine(needsProcess),
    answers: { 201: registered },
    refusals: [401, 403, 404, 409],
  }),
  editMachine: defineRoute({
    method: "PUT",
    path: "/api/machines/:machineId",
    tag: "machine life",
    summary: "Correct what was registered; the code and the history stay",
    params: machineParams,
    body: machineEntry.extend({ reason }).superRefine(needsProcess),
    answers: { 200: registered },
    refusals: [401, 403, 404, 409],
  }),
  takeMachineStep: defineRoute({
    method: "POST",
    path: "/api/machines/:machineId/steps",
    tag: "machine life",
    summary: "The next step of a machine's life: into service, to repair and back, scrapped for good",
    params: machineParams,
    body: z.object({ step: machineStep, reason }),
    answers: { 200: stepTaken },
    refusals: [401, 403, 404, 409],
  }),
  listChipFittings: defineRoute({
    method: "GET",
    path: "/api/machines/:machineId/chip-fittings",
    tag: "machine life",
    summary: "Which chip sat in the machine and when, newest first",
    params: machineParams,
    answers: { 200: z.object({ fittings: z.array(chipFitting) }) },
    refusals: [401, 403, 404],
  }),
  recordInspection: defineRoute({
    method: "PUT",
    path: "/api/machines/:machineId/inspection",
    tag: "machine life",
    summary: "When the machine was last inspected and when again; both days are good days",
    params: machineParams,
    body: z
      .object({ inspectedOn: civilDay, inspectionDueOn: civilDay, reason })
      .refine(({ inspectedOn, inspectionDueOn }) => inspectedOn < inspectionDueOn, {
        path: ["inspectionDueOn"],
        error: bilingual("下次检验日期应晚于本次检验日期", "The next inspection comes after this one"),
      }),
    answers: { 204: noContent },
    refusals: [401, 403, 404, 409],
  }),
  listDueInspections: defineRoute({
    method: "GET",
    path: "/api/machine-inspections",
    tag: "machine life",
    summary: "Machines whose inspection is overdue or due within some days, the most overdue first",
    query: z.object({ ...pageQuery, withinDays: z.coerce.number().int().min(0).max(365).default(30) }),
    answers: { 200: pageOf(dueInspection) },
    refusals: [401, 403],
  }),
  offerTransfer: defineRoute({
    method: "POST",
    path: "/api/machines/:machineId/transfers",
    tag: "machine life",
    summary: "Offer a machine to another enterprise, named by its credit code",
    params: machineParams,
    body: z.object({ toUscc: uscc, reason }),
    answers: { 201: machineTransfer },
    refusals: [401, 403, 404, 409],
  }),
  listTransfers: defineRoute({
    method: "GET",
    path: "/api/machine-transfers",
    tag: "machine life",
    summary: "Transfers from or to enterprises within the caller's reach, newest first",
    query: z.object({ ...pageQuery, status: transferStatus.optional() }),
    answers: { 200: pageOf(machineTransfer) },
    refusals: [401, 403],
  }),
  acceptTransfer: defineRoute({
    method: "POST",
    path: "/api/machine-transfers/:transferId/acceptance",
    tag: "machine life",
    summary: "The receiving enterprise's officer takes the machine; refused while somebody works with it",
    params: transferParams,
    answers: { 204: noContent },
    refusals: [401, 403, 404, 409],
  }),
  declineTransfer: defineRoute({
    method: "POST",
    path: "/api/machine-transfers/:transferId/refusal",
    tag: "machine life",
    summary: "The receiving enterprise's officer does not take the machine",
    params: transferParams,
    body: z.object({ reason }),
    answers: { 204: noContent },
    refusals: [401, 403, 404, 409],
  }),
  withdrawTransfer: defineRoute({
    method: "POST",
    path: "/api/machine-transfers/:transferId/withdrawal",
    tag: "machine life",
    summary: "The offering side takes its offer back",
    params: transferParams,
    body: z.object({ reason }),
    answers: { 204: noContent },
    refusals: [401, 403, 404, 409],
  }),
};
