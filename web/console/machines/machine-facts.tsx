import type { MachineDetail } from "@hanyouxu/api";
import { formatMachineCode, type MachineCode } from "@hanyouxu/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { dateTime, duration } from "../../ui/format.ts";
import { modelPath } from "../machine-models/model-path.ts";

export function MachineFacts({ machine }: { machine: MachineDetail }) {
  const { t } = useTranslation();
  const work = machine.workSession;
  return (
    <>
      <section className="panel">
        <dl className="facts">
          <dt>{t("console.machine.enterprise")}</dt>
          <dd>{machine.enterpriseName}</dd>
          <dt>{t("console.machine.region")}</dt>
          <dd>{machine.regionName}</dd>
          <dt>{t("console.machine.model")}</dt>
          <dd>
            <Link to={modelPath(machine.model)}>{machine.model}</Link>
          </dd>
          <dt>{t("console.machine.process")}</dt>
          <dd>{t(`common.process.${machine.process}`)}</dd>
          <dt>{t("console.machine.isMobile")}</dt>
          <dd>{machine.isMobile ? t("common.yes") : t("common.no")}</dd>
          <dt>{t("console.machine.status")}</dt>
          <dd>{t(`console.machineStatus.${machine.status}`)}</dd>
          <dt>{t("console.machine.code")}</dt>
          <dd className="code">{formatMachineCode(machine.machineCode as MachineCode)}</dd>
          <dt>{t("console.machine.chip")}</dt>
          <dd className="code">{machine.chipId ?? "–"}</dd>
          {machine.lockReason === null ? null : (
            <>
              <dt>{t("console.machine.lockReason")}</dt>
              <dd className="is-warn">
                {machine.lockReason}
                {machine.lockOrderId === null ? null : (
                  <>
                    {" · "}
                    <Link to={`/region-orders/${machine.lockOrderId}`}>
                      {t("console.regionOrders.byOrder")}
                    </Link>
                  </>
                )}
              </dd>
            </>
          )}
        </dl>
      </section>
      <section className="panel" aria-labelledby="work-title">
        <h2 id="work-title" className="panel-title">
          {t("console.machine.work")}
        </h2>
        {work ? (
          <dl className="facts">
            <dt>{t("console.session.welder")}</dt>
            <dd>{work.welderName}</dd>
            <dt>{t("console.session.status")}</dt>
            <dd>{t(`common.sessionStatus.${work.status}`)}</dd>
            <dt>{t("console.session.started")}</dt>
            <dd>{dateTime(work.grantedAt)}</dd>
            <dt>{t("console.session.arc")}</dt>
            <dd>{duration(work.arcMs)}</dd>
            <dt>{t("console.session.decision")}</dt>
            <dd>
              <Link to={`/decisions/${work.decisionId}`}>{t("console.decision.detail")}</Link>
            </dd>
          </dl>
        ) : (
          <p className="soft">{t("console.machine.noWork")}</p>
        )}
      </section>
    </>
  );
}
