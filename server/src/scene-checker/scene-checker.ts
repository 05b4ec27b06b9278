import type { EvidenceKind, SaidFinding, SceneVerdict } from "@hanyouxu/api";
import type { KeyAreaKind, WorkRegime } from "@hanyouxu/rules";

/** A photo or film of the scene as a checker gets it: without what the camera wrote beside the image. */
export interface ScenePicture {
  evidenceId: string;
  kind: EvidenceKind;
  mediaType: string;
  sizeBytes: number;
  /** Of these bytes, in hexadecimal. */
  sha256: string;
  takenAtMs: number;
  /** The bytes from the beginning, each time anew. */
  open(): AsyncIterable<Uint8Array>;
}

/** One attempt of a welder to show that the scene is safe. It says nothing of who he is. */
export interface SceneQuestion {
  sceneCheckId: string;
  /** From 1 on, within one clearance. */
  attempt: number;
  submittedAtMs: number;
  /** When staff are reminded; a report that comes later is still theirs to see. */
  dueAtMs: number;
  regime: WorkRegime;
  keyAreaKind: KeyAreaKind;
  pictures: readonly ScenePicture[];
}

/** What a checker says about one attempt. */
export interface SceneReport {
  checker: CheckerName;
  verdict: SceneVerdict;
  findings: readonly SaidFinding[];
  reason: string;
  /** Which of the question's pictures it has looked at. */
  lookedAt: readonly string[];
}

export interface CheckerName {
  checkerId: string;
  /** Of the model or program; null for people. */
  version: string | null;
}

/**
 * Who judges scenes. Whatever a checker says comes into a clearance by `judgeScene` alone, and every checker passes
 * `server/test/scene-checker-conformance.ts`.
 */
export type SceneChecker =
  | {
      /** The scene waits on its desk from the moment it was sent in; the report is handed in later. */
      answers: "later";
      checkerId: string;
    }
  | {
      answers: "when-asked";
      checkerId: string;
      /** @throws Unreachable when no report is to be had now */
      check(question: SceneQuestion): Promise<SceneReport>;
    };

/** The first adapter: people of the region, by the queue of the console, within the time of the region's policy. */
export const staffChecker = { answers: "later", checkerId: "staff" } as const satisfies SceneChecker;

export type AskedChecker = Extract<SceneChecker, { answers: "when-asked" }>;

/** `staff`, or `<id>@<version>`: so are checkers named in a region's policy and beside a finding. */
export function checkerText({ checkerId, version }: CheckerName): string {
  return version === null ? checkerId : `${checkerId}@${version}`;
}

/** What makes a report worthless, whoever sends it. */
export type ReportProblem =
  | { kind: "picture-not-shown"; index: number }
  | { kind: "box-without-picture"; index: number }
  | { kind: "nothing-said" };

/** A finding is in a picture that was shown; who does not pass says why. */
export function problemOf(
  { verdict, findings, reason }: Pick<SceneReport, "verdict" | "findings" | "reason">,
  shownIds: readonly string[],
): ReportProblem | undefined {
  for (const [index, { evidenceId, box }] of findings.entries()) {
    if (evidenceId !== null && !shownIds.includes(evidenceId)) return { kind: "picture-not-shown", index };
    if (evidenceId === null && box !== null) return { kind: "box-without-picture", index };
  }
  const isSilent = verdict !== "pass" && findings.length === 0 && reason.trim().length < 2;
  return isSilent ? { kind: "nothing-said" } : undefined;
}
