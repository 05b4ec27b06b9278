import type { SceneFinding, SceneHazard, SceneReview } from "@hanyouxu/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { FoundPicture } from "../../ui/found-picture.tsx";
import { CheckFacts } from "./check-facts.tsx";
import { DrawingLayer } from "./drawing-layer.tsx";
import { ProgramNote } from "./program-note.tsx";
import { VerdictPanel } from "./verdict-panel.tsx";

interface Props {
  review: SceneReview;
  onDecided: () => void;
  /** Somebody was quicker: the list is to be read again. */
  onStale: () => void;
  onMove: (step: 1 | -1) => void;
}

const NONE: readonly SceneFinding[] = [];

/** The pictures side by side, to draw on, and beside them the verdict. */
export function ScenePanel({ review, onDecided, onStale, onMove }: Props) {
  const { t } = useTranslation();
  const isWaiting = review.status === "waiting";
  const proposed = isWaiting && review.program?.status === "proposed" ? review.program.findings : NONE;
  const [findings, setFindings] = useState<readonly SceneFinding[]>(isWaiting ? proposed : review.findings);
  // A program may answer while somebody is drawing: what it found comes before what stands there.
  const [takenIn, setTakenIn] = useState(proposed.length > 0);
  if (!takenIn && proposed.length > 0) {
    setTakenIn(true);
    setFindings((before) => [...proposed, ...before]);
  }
  const [hazard, setHazard] = useState<SceneHazard>("combustibles-near");
  const add = (found: Pick<SceneFinding, "evidenceId" | "box">) =>
    setFindings((before) => [
      ...before,
      { ...found, hazard, confidence: 1, isUnsure: false, note: "", foundBy: "staff" },
    ]);
  return (
    <>
      <section className="panel" aria-labelledby="pictures-title">
        <h2 id="pictures-title" className="panel-title">
          <Link to={`/clearances/${review.clearanceId}`}>{review.keyAreaName}</Link> · {review.machineName} ·{" "}
          {t("common.clearances.attempt", { count: review.attempt })}
        </h2>
        <CheckFacts check={review} />
        <ProgramNote program={review.program} />
        <div className="scene-pictures is-large">
          {review.evidence.map((evidence) => (
            <div key={evidence.evidenceId}>
              <FoundPicture evidence={evidence} findings={findings}>
                {isWaiting && evidence.kind === "photo" ? (
                  <DrawingLayer onBox={(box) => add({ evidenceId: evidence.evidenceId, box })} />
                ) : null}
              </FoundPicture>
              <p className={evidence.digits ? "" : "is-warn"}>
                {evidence.digits
                  ? t("console.clearances.review.challenge", {
                      digits: evidence.digits,
                      demand: evidence.demand
                        ? t(
                            `common.evidence.demand.${evidence.demand}` as "common.evidence.demand.point-at-exit",
                          )
                        : "–",
                    })
                  : t("console.clearances.review.noChallenge")}
              </p>
            </div>
          ))}
        </div>
      </section>
      <VerdictPanel
        review={review}
        findings={findings}
        onFindings={setFindings}
        hazard={hazard}
        onHazard={setHazard}
        onAdd={() => add({ evidenceId: null, box: null })}
        onDecided={onDecided}
        onStale={onStale}
        onMove={onMove}
      />
    </>
  );
}
