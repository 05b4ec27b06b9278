import { bilingual, type SaidFinding, type SceneFinding, type SceneVerdict } from "@hanyouxu/api";
import { AppError } from "../../errors.ts";
import { problemOf, type ReportProblem, staffChecker } from "../../scene-checker/scene-checker.ts";
import type { Judgement } from "./scene.ts";

const messages: Record<ReportProblem["kind"], string> = {
  "picture-not-shown": bilingual(
    "指出的图片不在本次提交之中",
    "The finding names a picture that was not sent in",
  ),
  "box-without-picture": bilingual("方框没有对应的图片", "The box is in no picture"),
  "nothing-said": bilingual(
    "不通过或转消防站时，请指出隐患或填写原因（至少 2 个字）",
    "To fail or refer, point out a hazard or give a reason (at least 2 characters)",
  ),
};

/**
 * What staff say about a scene as a report. A finding that a program proposed and staff kept stays the program's; all
 * others are theirs, and certain as far as confidence goes.
 * @throws AppError request.invalid, naming the field
 */
export function staffReport(
  said: { verdict: SceneVerdict; findings: readonly SaidFinding[]; reason: string },
  shownIds: readonly string[],
  proposed: readonly SceneFinding[],
): Judgement {
  const problem = problemOf(said, shownIds);
  if (problem) {
    const path =
      problem.kind === "nothing-said" ? "body.reason" : `body.findings.${problem.index}.evidenceId`;
    throw new AppError("request.invalid", { fields: [{ path, message: messages[problem.kind] }] });
  }
  const findings = said.findings.map((finding): SceneFinding => {
    const kept = proposed.find((one) => isSameFinding(one, finding));
    const { foundBy, confidence } = kept ?? { foundBy: staffChecker.checkerId, confidence: 1 };
    return { ...finding, foundBy, confidence };
  });
  return { ...said, findings, checker: { checkerId: staffChecker.checkerId, version: null } };
}

/** The same hazard at the same place; a note or a doubt that staff add makes it no other. */
function isSameFinding(one: SaidFinding, other: SaidFinding): boolean {
  const keyOf = ({ hazard, evidenceId, box, confidence }: SaidFinding) =>
    JSON.stringify([hazard, evidenceId, box && [box.left, box.top, box.width, box.height], confidence]);
  return keyOf(one) === keyOf(other);
}
