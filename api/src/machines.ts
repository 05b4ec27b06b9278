import { parseMachineCode } from "@hanyouxu/protocol";
import { weldingProcesses } from "@hanyouxu/rules";
import { z } from "zod";
import { decision } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { machinePlace } from "./machine-place.ts";
import { machinePlayback, machinePlaybackQuery } from "./machine-playback.ts";
import { machineStatus, machineStep } from "./machine-status.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";
import { workSession } from "./work-sessions.ts";

/**
 * What a machine is doing, the most important first: a machine that is both tampered and offline is tampered.
 * `granted` is between the signed grant and the relay.
 */
export const machineState = z.enum([
  "tampered",
  "faulted",
  "locked",
  "offline",
  "arcing",
  "energised",
  "granted",
  "idle",
]);
export type MachineState = z.infer<typeof machineState>;

/** How a machine welds or cuts; names as in `@hanyouxu/rules`. */
export const weldingProcess = z.enum(weldingProcesses);
export type WeldingProcess = z.infer<typeof weldingProcess>;

/** A code as scanned or typed: with or without dashes, in any case, or the label's whole URL. */
export const machineCodeInput = z
  .string()
  .max(300)
  .transform((text, context) => {
    const parsed = parseMachineCode(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({
      code: "custom",
      message: bilingual(
        "设备码不正确：应为 16 位字母数字，请重新扫码或核对输入",
        "This is not a machine code: it has 16 letters and digits; scan again or check what you typed",
      ),
    });
    return z.NEVER;
  });

/** The readings of a machine's chip as last heard. */
export const readings = z
  .object({
    heardAt: z.iso.datetime(),
    position: position.nullable(),
    currentAmps: z.number().nullable(),
    voltageVolts: z.number().nullable(),
    temperatureCelsius: z.number().nullable(),
    gasLelPercent: z.number().nullable(),
    batteryPercent: z.number().nullable(),
    signalDbm: z.number().nullable(),
    clockTrust: z.string(),
    firmware: z.string().nullable(),
  })
  .meta({ id: "Readings" });

export const machine = z
  .object({
    machineId: z.uuid(),
    machineCode: z.string(),
    name: z.string(),
    model: z.string(),
    process: weldingProcess,
    isMobile: z.boolean(),
    status: machineStatus,
    state: machineState,
    enterpriseId: z.uuid(),
    enterpriseName: z.string(),
    region: regionCode,
    regionName: z.string(),
    lockReason: z.string().nullable(),
    /** Now, or null when nobody holds it. */
    workSessionId: z.uuid().nullable(),
    heardAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Machine" });
export type Machine = z.infer<typeof machine>;

export const machineDetail = machine
  .extend({
    chipId: z.string().nullable(),
    readings: readings.nullable(),
    /** Key areas that it is in or may be in; null for who may not see readings. */
    places: z.array(machinePlace).nullable(),
    /** Whether the caller may say of it where it is. */
    mayTellPlace: z.boolean(),
    workSession: workSession.nullable(),
    /** The gas cut after which nothing starts until somebody has inspected the place; null for none. */
    openGasCut: z
      .object({
        occurredAt: z.iso.datetime(),
        gasLelPercent: z.number(),
        inspectedAt: z.iso.datetime().nullable(),
        /** What the chip answered to the inspection (see protocol); null before it has. */
        inspectionAnswer: z.string().nullable(),
      })
      .nullable(),
    serialNumber: z.string().nullable(),
    /** Civil days of Asia/Shanghai; the due day is still good. */
    inspectedOn: z.string().nullable(),
    inspectionDueOn: z.string().nullable(),
    isInspectionOverdue: z.boolean(),
    /** The order for its whole region or firm that locks it; null where there is none, or somebody locked it alone. */
    lockOrderId: z.uuid().nullable(),
    /** What the caller may do with its life now. */
    steps: z.array(machineStep),
    /** Whether the caller may correct what is registered, record inspections and offer it to another firm. */
    mayEdit: z.boolean(),
  })
  .meta({ id: "MachineDetail" });
export type MachineDetail = z.infer<typeof machineDetail>;

/** What a welder sees after the scan and before the start. */
export const machineSheet = z
  .object({
    machineId: z.uuid(),
    machineCode: z.string(),
    name: z.string(),
    model: z.string(),
    process: weldingProcess,
    enterpriseName: z.string(),
    state: machineState,
    /** The caller's own open work session on it. */
    ownWorkSessionId: z.uuid().nullable(),
    isHeldByOther: z.boolean(),
    isInspectionOverdue: z.boolean(),
  })
  .meta({ id: "MachineSheet" });
export type MachineSheet = z.infer<typeof machineSheet>;

export const chipEvent = z
  .object({
    boot: z.int(),
    seq: z.int(),
    kind: z.string(),
    data: z.record(z.string(), z.unknown()),
    occurredAt: z.iso.datetime(),
    receivedAt: z.iso.datetime(),
    clockTrust: z.string(),
    chainIntact: z.boolean(),
  })
  .meta({ id: "ChipEvent" });

/** Something people did with the machine itself. */
export const recordedStep = z
  .object({
    stepId: z.uuid(),
    step: z.enum([
      ...machineStep.options,
      "register",
      "edit",
      "fit-chip",
      "remove-chip",
      "inspect",
      "offer-transfer",
      "accept-transfer",
      "decline-transfer",
      "withdraw-transfer",
    ]),
    /** Masked; null: the platform itself. */
    actorName: z.string().nullable(),
    fromStatus: machineStatus.nullable(),
    toStatus: machineStatus.nullable(),
    reason: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "RecordedStep" });
export type RecordedStep = z.infer<typeof recordedStep>;

export const timelineEntry = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("event"), at: z.iso.datetime(), event: chipEvent }),
    z.object({ type: z.literal("decision"), at: z.iso.datetime(), decision }),
    z.object({ type: z.literal("work-session"), at: z.iso.datetime(), workSession }),
    z.object({ type: z.literal("step"), at: z.iso.datetime(), step: recordedStep }),
  ])
  .meta({ id: "TimelineEntry" });
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** Why staff do something, for the audit log. */
export const reasonBody = z.object({
  reason: z
    .string()
    .trim()
    .min(2, { error: bilingual("请填写原因（至少 2 个字）", "Give a reason (at least 2 characters)") })
    .max(200),
});
const commandSent = z.object({ commandId: z.string().nullable() }).meta({ id: "CommandSent" });
const machineParams = z.object({ machineId: z.uuid() });

export const machineRoutes = {
  listMachines: defineRoute({
    method: "GET",
    path: "/api/machines",
    tag: "machines",
    summary: "Machines within the caller's regions or enterprise",
    query: z.object({
      ...pageQuery,
      region: regionCode.optional(),
      state: machineState.optional(),
      process: weldingProcess.optional(),
      enterpriseId: z.uuid().optional(),
      isMobile: z.stringbool().optional(),
      /** Of the firm that it belongs to, a section or a division; `none`: not given. */
      industry: z
        .string()
        .regex(/^([A-Z](\d{2})?|none)$/, {
          error: bilingual(
            "行业应为 GB/T 4754 的门类或大类代码，或 none",
            "An industry is a code of GB/T 4754 such as C33, or none",
          ),
        })
        .optional(),
      /** Under power now: energised or arcing. */
      isAtWork: z.stringbool().optional(),
      /** Whether it is inside a key area. */
      isInKeyArea: z.stringbool().optional(),
      /** Part of the name, model, code or enterprise's name. */
      text: z.string().trim().max(100).optional(),
      sort: z.enum(["name", "-name", "heardAt", "-heardAt", "region", "-region"]).default("name"),
    }),
    answers: { 200: pageOf(machine) },
    refusals: [401, 403],
  }),
  getMachine: defineRoute({
    method: "GET",
    path: "/api/machines/:machineId",
    tag: "machines",
    summary: "One machine with its readings and open work session",
    params: machineParams,
    answers: { 200: machineDetail },
    refusals: [401, 403, 404],
  }),
  getMachineTimeline: defineRoute({
    method: "GET",
    path: "/api/machines/:machineId/timeline",
    tag: "machines",
    summary: "Events, decisions and work sessions of one machine, newest first",
    params: machineParams,
    query: z.object({
      before: z.iso.datetime().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    answers: { 200: z.object({ entries: z.array(timelineEntry) }) },
    refusals: [401, 403, 404],
  }),
  playBackMachine: defineRoute({
    method: "GET",
    path: "/api/machines/:machineId/playback",
    tag: "machines",
    summary: "A machine's track and readings within a time, for who may see readings; audited",
    params: machineParams,
    query: machinePlaybackQuery,
    answers: { 200: machinePlayback },
    refusals: [401, 403, 404],
  }),
  getMachineSheet: defineRoute({
    method: "GET",
    path: "/api/machine-codes/:machineCode",
    tag: "machines",
    summary: "What a scanned code stands for; a forged code is refused and counted",
    params: z.object({ machineCode: machineCodeInput }),
    answers: { 200: machineSheet },
    refusals: [401, 403, 404],
  }),
  stopMachine: defineRoute({
    method: "POST",
    path: "/api/machines/:machineId/stop",
    tag: "machines",
    summary: "Remote stop: ends the open work session; the relay opens at the end of the arc in hand",
    params: machineParams,
    body: reasonBody,
    answers: { 200: commandSent },
    refusals: [401, 403, 404, 409],
  }),
  lockMachine: defineRoute({
    method: "POST",
    path: "/api/machines/:machineId/lock",
    tag: "machines",
    summary: "Locks the machine: the relay opens at once and no grant closes it until it is unlocked",
    params: machineParams,
    body: reasonBody,
    answers: { 200: commandSent },
    refusals: [401, 403, 404],
  }),
  unlockMachine: defineRoute({
    method: "POST",
    path: "/api/machines/:machineId/unlock",
    tag: "machines",
    summary: "Unlocks the machine; one that an order for its region locks stays locked",
    params: machineParams,
    body: reasonBody,
    answers: { 200: commandSent },
    refusals: [401, 403, 404, 409],
  }),
};
