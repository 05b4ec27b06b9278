import { z } from "zod";
import { alarmRoutes } from "./alarms.ts";
import { machineRoutes } from "./machines.ts";
import { mapSelectionQuery } from "./map-page.ts";
import { defineRoute, type Route } from "./route.ts";
import { regionCode } from "./sign-in.ts";
import { workSessionRoutes } from "./work-sessions.ts";

/** The form of an exported list. */
export const exportFormat = z.enum(["xlsx", "csv"]);
export type ExportFormat = z.infer<typeof exportFormat>;

/** Rows of one export at most: more is refused with the advice to narrow the filters. */
export const MAX_EXPORT_ROWS = 50_000;

const format = { format: exportFormat.default("xlsx") };
const text = z.string().trim().max(100).optional();
const file = z.string().meta({ description: "xlsx or csv (UTF-8 with a byte order mark), as an attachment" });

export const exportRoutes = {
  exportMachines: defineRoute({
    method: "GET",
    path: "/api/exports/machines",
    tag: "exports",
    summary: "The list of machines with the same filters as a file; audited",
    query: machineRoutes.listMachines.query.omit({ page: true, pageSize: true }).extend(format),
    answers: { 200: file },
    refusals: [401, 403, 409],
  }),
  exportMapSelection: defineRoute({
    method: "GET",
    path: "/api/exports/map-selection",
    tag: "exports",
    summary: "The machines within a polygon of the map under its filter as a file; audited",
    query: mapSelectionQuery.extend(format),
    answers: { 200: file },
    refusals: [401, 403, 409],
  }),
  exportWorkSessions: defineRoute({
    method: "GET",
    path: "/api/exports/work-sessions",
    tag: "exports",
    summary: "The list of work sessions with the same filters as a file, names masked; audited",
    query: workSessionRoutes.listWorkSessions.query.omit({ page: true, pageSize: true }).extend(format),
    answers: { 200: file },
    refusals: [401, 403, 409],
  }),
  exportAlarms: defineRoute({
    method: "GET",
    path: "/api/exports/alarms",
    tag: "exports",
    summary: "The list of alarms with the same filters as a file, without people's names; audited",
    query: alarmRoutes.listAlarms.query.omit({ page: true, pageSize: true }).extend(format),
    answers: { 200: file },
    refusals: [401, 403, 409],
  }),
  exportEnterprises: defineRoute({
    method: "GET",
    path: "/api/exports/enterprises",
    tag: "exports",
    summary: "The enterprises within the caller's reach as a file; audited",
    query: z.object({
      region: regionCode.optional(),
      status: z.enum(["active", "suspended"]).optional(),
      text,
      ...format,
    }),
    answers: { 200: file },
    refusals: [401, 403, 409],
  }),
  exportWelders: defineRoute({
    method: "GET",
    path: "/api/exports/welders",
    tag: "exports",
    summary:
      "The welders within the caller's reach with their certificates as a file, personal data masked; audited",
    query: z.object({
      region: regionCode.optional(),
      enterpriseId: z.uuid().optional(),
      status: z.enum(["active", "suspended"]).optional(),
      ...format,
    }),
    answers: { 200: file },
    refusals: [401, 403, 409],
  }),
} satisfies Record<string, Route>;
