import { z } from "zod";
import { keyAreaKind } from "./key-areas.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** What can be wrong at a scene; one vocabulary for staff and for models. */
export const sceneHazard = z.enum([
  "combustibles-near",
  "no-extinguisher",
  "openings-uncovered",
  "cylinders-too-near",
  "no-fire-blanket",
  "no-protective-gear",
  "people-in-area",
  "liquids-or-gas-near",
  "wrong-place",
  "not-visible",
  "other",
]);
export type SceneHazard = z.infer<typeof sceneHazard>;

const share = z.number().min(0).max(1);

/** Shares are sums of binary fractions: so much over the edge is none. */
const ROUNDING = 1e-6;
const box = z
  .object({ left: share, top: share, width: share, height: share })
  .refine(
    ({ left, top, width, height }) => left + width <= 1 + ROUNDING && top + height <= 1 + ROUNDING,
    bilingual("方框超出了图片", "The box goes beyond the picture"),
  );

/** A hazard with its place in a picture, as shares of its width and height: as its finder says it. */
export const saidFinding = z
  .object({
    hazard: sceneHazard,
    evidenceId: z.uuid().nullable(),
    box: box.nullable(),
    /** 1 where a person says so. */
    confidence: share,
    /** It may be there: no ground to fail, a ground to refer. */
    isUnsure: z.boolean(),
    note: z.string().trim().max(200),
  })
  .meta({ id: "SaidFinding" });
export type SaidFinding = z.infer<typeof saidFinding>;

/** The same with who found it: `staff`, or a program as `<id>@<version>`. */
export const sceneFinding = saidFinding.extend({ foundBy: z.string().max(60) }).meta({ id: "SceneFinding" });
export type SceneFinding = z.infer<typeof sceneFinding>;

export const sceneVerdict = z.enum(["pass", "fail", "refer"]);
export type SceneVerdict = z.infer<typeof sceneVerdict>;

export const sceneEvidence = z.object({
  evidenceId: z.uuid(),
  kind: z.enum(["photo", "video"]),
  takenAt: z.iso.datetime(),
  /** What the picture had to show: digits and a small demand; null where it was not taken in the app. */
  digits: z.string().nullable(),
  demand: z.string().nullable(),
});

/** What a program has said about an attempt, or that it was asked. */
export const programReport = z
  .object({
    /** Its id, and its version once it has said anything. */
    checker: z.string(),
    checkerVersion: z.string().nullable(),
    /**
     * asking: nothing yet; proposed: staff decide; decided: its verdict counted; late: staff were quicker; silent: it
     * gave no answer in time.
     */
    status: z.enum(["asking", "proposed", "decided", "late", "silent"]),
    verdict: sceneVerdict.nullable(),
    findings: z.array(sceneFinding),
    reason: z.string().nullable(),
    reportedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ProgramReport" });
export type ProgramReport = z.infer<typeof programReport>;

/** One attempt: the scene as shown, and what was found. */
export const sceneCheck = z
  .object({
    sceneCheckId: z.uuid(),
    attempt: z.int(),
    status: z.enum(["waiting", "pass", "fail", "refer"]),
    note: z.string(),
    evidence: z.array(sceneEvidence),
    findings: z.array(sceneFinding),
    reason: z.string().nullable(),
    submittedAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    /** Who decided: `staff` or a program's id; `staff` while it waits. */
    checker: z.string(),
    checkerVersion: z.string().nullable(),
    /** Null where none was asked, and, for others than its judges, while the scene waits. */
    program: programReport.nullable(),
  })
  .meta({ id: "SceneCheck" });
export type SceneCheck = z.infer<typeof sceneCheck>;

export const sceneReview = sceneCheck
  .extend({
    clearanceId: z.uuid(),
    keyAreaName: z.string(),
    keyAreaKind,
    region: regionCode,
    machineName: z.string(),
    enterpriseName: z.string(),
    /** Masked. */
    welderName: z.string(),
    isOverdue: z.boolean(),
  })
  .meta({ id: "SceneReview" });
export type SceneReview = z.infer<typeof sceneReview>;

const params = z.object({ sceneCheckId: z.uuid() });

export const sceneCheckRoutes = {
  listSceneReviews: defineRoute({
    method: "GET",
    path: "/api/scene-checks",
    tag: "scene-checks",
    summary: "Scenes that wait for staff, the oldest first, or decided ones, the latest first",
    query: z.object({
      ...pageQuery,
      state: z.enum(["waiting", "decided"]).default("waiting"),
      region: regionCode.optional(),
    }),
    answers: { 200: pageOf(sceneReview) },
    refusals: [401, 403],
  }),
  getSceneReview: defineRoute({
    method: "GET",
    path: "/api/scene-checks/:sceneCheckId",
    tag: "scene-checks",
    summary: "One scene with its pictures",
    params,
    answers: { 200: sceneReview },
    refusals: [401, 403, 404],
  }),
  judgeScene: defineRoute({
    method: "POST",
    path: "/api/scene-checks/:sceneCheckId/verdict",
    tag: "scene-checks",
    summary: "Pass, fail with what is wrong, or refer to the fire station",
    params,
    body: z
      .object({
        verdict: sceneVerdict,
        findings: z.array(saidFinding).max(50).default([]),
        reason: z.string().trim().max(300).default(""),
      })
      .refine(
        ({ verdict, findings, reason }) => verdict === "pass" || findings.length > 0 || reason.length >= 2,
        {
          path: ["reason"],
          error: bilingual(
            "不通过或转消防站时，请指出隐患或填写原因（至少 2 个字）",
            "To fail or refer, point out a hazard or give a reason (at least 2 characters)",
          ),
        },
      ),
    answers: { 200: sceneReview },
    refusals: [401, 403, 404, 409],
  }),
};
