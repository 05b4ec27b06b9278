import type { SceneCheck } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { FindingList } from "../../ui/finding-list.tsx";
import { FoundPicture } from "../../ui/found-picture.tsx";

/** What the last check found, drawn where it was seen: the welder mends exactly that. */
export function FailedCheck({ check }: { check: SceneCheck }) {
  const { t } = useTranslation();
  const shown = check.evidence.filter(({ evidenceId }) =>
    check.findings.some((finding) => finding.evidenceId === evidenceId && finding.box !== null),
  );
  return (
    <div className="stack failed-check" data-check={check.status}>
      <h3>{t("mobile.clearances.check.failed", { count: check.attempt })}</h3>
      {check.reason ? <p className="notice-warn">{check.reason}</p> : null}
      <FindingList findings={check.findings} />
      {shown.map((evidence) => (
        <FoundPicture key={evidence.evidenceId} evidence={evidence} findings={check.findings} />
      ))}
      <p>{t("mobile.clearances.check.mend")}</p>
    </div>
  );
}
