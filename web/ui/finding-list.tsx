import type { SceneFinding } from "@hanyouxu/api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  findings: readonly SceneFinding[];
  /** What can be done with one, behind it. */
  after?: (index: number) => ReactNode;
}

/** What is wrong at a scene, numbered as in the pictures. */
export function FindingList({ findings, after }: Props) {
  const { t } = useTranslation();
  return (
    <ol className="finding-list">
      {findings.map((finding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the number is what names a finding.
        <li key={index} data-hazard={finding.hazard}>
          <span className="finding-number" aria-hidden="true">
            {index + 1}
          </span>
          <span>
            {finding.isUnsure ? `${t("common.clearances.unsure")} ` : null}
            {t(`common.clearances.hazard.${finding.hazard}`)}
            {finding.note ? ` · ${finding.note}` : null}
            {finding.foundBy === "staff" ? null : ` · ${t("common.clearances.foundBy", foundBy(finding))}`}
          </span>
          {after?.(index)}
        </li>
      ))}
    </ol>
  );
}

/** Who found it, and how sure a program is. */
export function foundBy({ foundBy: name, confidence }: SceneFinding): { name: string; percent: number } {
  return { name, percent: Math.round(confidence * 100) };
}
