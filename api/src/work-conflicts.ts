import { otherWorkKinds } from "@hanyouxu/rules";
import { z } from "zod";
import { clause } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** Work that must not go on near hot work. */
export const otherWorkKind = z.enum(otherWorkKinds);
/** What hot work conflicts with: such work, or hot work of another firm. */
export const conflictKind = z.enum([...otherWorkKinds, "hot-work"]);

/** One of the two works of a conflict. */
export const conflictSide = z
  .object({
    subject: z.enum(["clearance", "permit", "other-work"]),
    /** Of the clearance, the permit or the other work. */
    id: z.uuid(),
    kind: conflictKind,
    /** Who does it; null where a permit names no firm. */
    enterpriseName: z.string().nullable(),
    siteOwnerName: z.string().nullable(),
    /** The key area's name, or how the place was described. */
    placeName: z.string(),
    place: position,
    /** Metres around the place that it takes up. */
    extentMetres: z.number(),
    floor: z.string().nullable(),
    from: z.iso.datetime(),
    /** Null: until somebody ends it. */
    to: z.iso.datetime().nullable(),
  })
  .meta({ id: "ConflictSide" });
export type ConflictSide = z.infer<typeof conflictSide>;

const finding = {
  kind: conflictKind,
  /** Within so many metres the two must not go on at the same time, the distance itself included. */
  limitMetres: z.number(),
  horizontalMetres: z.number(),
  /** Null: the height of one is not known, both count as level. */
  verticalMetres: z.number().nullable(),
  /** False: within the limit only by the error of the positions. */
  isSure: z.boolean(),
  /** While both go on; `to` null: until one is ended. */
  from: z.iso.datetime(),
  to: z.iso.datetime().nullable(),
  /** What says so; of kind `policy` where it is the platform's own number. */
  clause,
};

/** A conflict as one of its two works sees it: what the other work is, how near, when. Also for work yet to begin. */
export const foundConflict = z.object({ ...finding, other: conflictSide }).meta({ id: "FoundConflict" });
export type FoundConflict = z.infer<typeof foundConflict>;

/** A conflict that was raised, kept when it is cleared. The first side is hot work. */
export const workConflict = z
  .object({
    workConflictId: z.uuid(),
    ...finding,
    one: conflictSide,
    other: conflictSide,
    region: regionCode,
    regionName: z.string(),
    raisedAt: z.iso.datetime(),
    clearedAt: z.iso.datetime().nullable(),
    /** ended: one of the two is over; apart: they are too far apart now, or at other times. */
    clearedBecause: z.enum(["ended", "apart"]).nullable(),
    /** The firms that have said what they do about it. */
    acknowledgements: z.array(
      z.object({ enterpriseName: z.string(), note: z.string(), at: z.iso.datetime() }),
    ),
    /** Whether the caller is an officer of a firm that has not said so yet. */
    mayAcknowledge: z.boolean(),
  })
  .meta({ id: "WorkConflict" });
export type WorkConflict = z.infer<typeof workConflict>;

const params = z.object({ workConflictId: z.uuid() });

export const workConflictRoutes = {
  listWorkConflicts: defineRoute({
    method: "GET",
    path: "/api/work-conflicts",
    tag: "simultaneous work",
    summary: "Conflicts of works within the caller's regions or of the caller's firm, open ones first",
    query: z.object({
      ...pageQuery,
      isOpen: z.stringbool().optional(),
      kind: conflictKind.optional(),
      region: regionCode.optional(),
    }),
    answers: { 200: pageOf(workConflict) },
    refusals: [401, 403],
  }),
  getWorkConflict: defineRoute({
    method: "GET",
    path: "/api/work-conflicts/:workConflictId",
    tag: "simultaneous work",
    summary: "One conflict, open or cleared",
    params,
    answers: { 200: workConflict },
    refusals: [401, 403, 404],
  }),
  acknowledgeWorkConflict: defineRoute({
    method: "POST",
    path: "/api/work-conflicts/:workConflictId/acknowledgement",
    tag: "simultaneous work",
    summary: "An officer says for the own firm that it knows, and what it does about it",
    params,
    body: z.object({
      note: z
        .string()
        .trim()
        .min(2, {
          error: bilingual(
            "请写明采取的措施（至少 2 个字）",
            "Say what you do about it (at least 2 characters)",
          ),
        })
        .max(200, { error: bilingual("最多 200 个字", "At most 200 characters") }),
    }),
    answers: { 200: workConflict },
    refusals: [401, 403, 404, 409],
  }),
  readConflictContacts: defineRoute({
    method: "POST",
    path: "/api/work-conflicts/:workConflictId/contacts",
    tag: "simultaneous work",
    summary: "Whom to call on both sides of an open conflict, in full; the audit log keeps who read it",
    params,
    answers: {
      200: z.object({
        contacts: z.array(z.object({ enterpriseName: z.string(), name: z.string(), phone: z.string() })),
      }),
    },
    refusals: [401, 403, 404, 409],
  }),
};
