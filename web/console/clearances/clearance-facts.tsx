import type { ClearanceDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { dateTime } from "../../ui/format.ts";

/** Who works where under which permit, and how far every step is. */
export function ClearanceFacts({ clearance }: { clearance: ClearanceDetail }) {
  const { t } = useTranslation();
  const { permit, watch, workSessionId, endedAt } = clearance;
  const permitTime = permit?.validFrom && permit.validTo ? [permit.validFrom, permit.validTo] : [];
  return (
    <section className="panel" aria-labelledby="clearance-facts">
      <h2 id="clearance-facts" className="panel-title">
        {t("console.clearances.one")}
      </h2>
      <dl className="facts">
        <dt>{t("console.machine.name")}</dt>
        <dd>
          <Link to={`/machines/${clearance.machineId}`}>{clearance.machineName}</Link>
        </dd>
        <dt>{t("console.session.welder")}</dt>
        <dd>{clearance.welderName}</dd>
        <dt>{t("console.machine.enterprise")}</dt>
        <dd>{clearance.enterpriseName}</dd>
        <dt>{t("console.machine.region")}</dt>
        <dd>{clearance.regionName}</dd>
        <dt>{t("console.clearances.floor")}</dt>
        <dd>{clearance.floor ?? "–"}</dd>
        <dt>{t("console.clearances.opened")}</dt>
        <dd>{dateTime(clearance.openedAt)}</dd>
        <dt>{t("console.clearances.ended")}</dt>
        <dd>{endedAt ? dateTime(endedAt) : "–"}</dd>
        <dt>{t("common.clearances.step.permit")}</dt>
        <dd>
          {permit ? (
            <Link to={`/permits/${permit.permitId}`}>
              {t(`common.clearances.permitStatus.${permit.status}`)}
            </Link>
          ) : (
            "–"
          )}{" "}
          {permitTime.map(dateTime).join(" – ")}
        </dd>
        <dt>{t("console.clearances.watch")}</dt>
        <dd>{watch ? `${watch.name} · ${t(`console.clearances.watchStatus.${watch.status}`)}` : "–"}</dd>
        <dt>{t("console.clearances.working")}</dt>
        <dd>{t(workSessionId ? "common.yes" : "common.no")}</dd>
      </dl>
      <ol className="clearance-steps" aria-label={t("console.clearances.steps")}>
        {clearance.steps.map(({ step, status }) => (
          <li key={step} data-step={step} data-status={status}>
            <span>{t(`common.clearances.step.${step}`)}</span>
            <span>{t(`common.clearances.stepStatus.${status}`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
