import type { EnterpriseDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** The organisation's data, and where its registration stands. */
export function FirmFacts({ firm }: { firm: EnterpriseDetail }) {
  const { t } = useTranslation();
  const isActive = firm.status === "active";
  return (
    <section className="card stack">
      <div className="row">
        <h2 className="machine-name">{firm.name}</h2>
        <span className={`tag ${isActive ? "tag-go" : "tag-warn"}`} data-status={firm.status}>
          {t(`common.enterprise.status.${firm.status}`)}
        </span>
      </div>
      {firm.statusReason && !isActive ? (
        <p className="notice-warn">
          {t("mobile.enterprises.firm.reason")} · {firm.statusReason}
        </p>
      ) : null}
      {firm.status === "pending" ? <p>{t("mobile.enterprises.firm.pending")}</p> : null}
      {firm.status === "rejected" ? (
        <>
          <p>{t("mobile.enterprises.firm.rejected")}</p>
          <Link className="inbox-use" to={`/firms/${firm.enterpriseId}/mend`}>
            {t("mobile.enterprises.firm.mend")}
          </Link>
        </>
      ) : null}
      {firm.warnings.map((warning) => (
        <p key={warning} className="notice-warn">
          {t(`common.enterprise.warning.${warning}`)}
        </p>
      ))}
      <dl className="facts">
        <dt>{t("mobile.enterprises.firm.uscc")}</dt>
        <dd>{firm.uscc ?? "–"}</dd>
        <dt>{t("mobile.enterprises.firm.region")}</dt>
        <dd>{firm.regionName}</dd>
        <dt>{t("mobile.enterprises.firm.address")}</dt>
        <dd>{firm.address ?? "–"}</dd>
        <dt>{t("mobile.enterprises.firm.machines")}</dt>
        <dd>{firm.machineCount}</dd>
        <dt>{t("mobile.enterprises.firm.welders")}</dt>
        <dd>{firm.welderCount}</dd>
      </dl>
    </section>
  );
}
