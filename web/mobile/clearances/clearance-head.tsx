import type { ClearanceDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { PhaseTag } from "./phase-tag.tsx";

/** Which place and machine it is about. */
export function ClearanceHead({ clearance }: { clearance: ClearanceDetail }) {
  const { t } = useTranslation();
  const { keyAreaName, phase, machineName, welderName, floor, part } = clearance;
  return (
    <section className="card stack" aria-labelledby="clearance-area">
      <div className="row">
        <h2 id="clearance-area" className="machine-name">
          {keyAreaName}
        </h2>
        <PhaseTag phase={phase} />
      </div>
      <dl className="facts">
        <dt>{t("mobile.machine.title")}</dt>
        <dd>{machineName}</dd>
        {part === "welder" ? null : (
          <>
            <dt>{t("mobile.clearances.welder")}</dt>
            <dd>{welderName}</dd>
          </>
        )}
        {floor ? (
          <>
            <dt>{t("mobile.clearances.floor")}</dt>
            <dd>{floor}</dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}
