import "./findings.css";
import { evidenceContentPath, type SceneCheck, type SceneFinding } from "@hanyouxu/api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { dateTime } from "./format.ts";

interface Props {
  evidence: SceneCheck["evidence"][number];
  /** Of the whole check: the numbers are those of the list. */
  findings: readonly SceneFinding[];
  /** Drawn above the picture, as large as it. */
  children?: ReactNode;
}

const percent = (share: number) => `${share * 100}%`;

/** A picture or clip of the scene with the findings drawn where they were seen. */
export function FoundPicture({ evidence, findings, children }: Props) {
  const { t } = useTranslation();
  const { evidenceId, kind, takenAt } = evidence;
  const label = t("common.clearances.evidence.taken", {
    kind: t(`common.clearances.evidence.${kind}`),
    at: dateTime(takenAt),
  });
  const address = evidenceContentPath(evidenceId);
  return (
    <figure className="found-picture" data-evidence={evidenceId}>
      {kind === "video" ? (
        // biome-ignore lint/a11y/useMediaCaption: nobody speaks in a view of a scene.
        <video src={address} controls playsInline preload="metadata" aria-label={label} />
      ) : (
        <img src={address} alt={label} draggable={false} />
      )}
      {findings.map(({ box, hazard, evidenceId: where, foundBy, confidence }, index) =>
        box && where === evidenceId ? (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the number is what names a finding.
            key={index}
            className="found-box"
            data-found-by={foundBy}
            role="img"
            aria-label={t(`common.clearances.hazard.${hazard}`)}
            style={{
              left: percent(box.left),
              top: percent(box.top),
              width: percent(box.width),
              height: percent(box.height),
            }}
          >
            <span className="finding-number">{index + 1}</span>
            {foundBy === "staff" ? null : (
              <span className="finding-confidence">
                {foundBy} {Math.round(confidence * 100)}%
              </span>
            )}
          </span>
        ) : null,
      )}
      {children}
    </figure>
  );
}
