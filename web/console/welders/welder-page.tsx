import "./welders.css";
import { type WelderDetail, welderRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime, duration } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { CertificateCard } from "./certificate-card.tsx";
import { CertificateStateTag } from "./certificate-words.tsx";

/** One welder: who, for whom, with which certificates, and the latest work. */
export function WelderPage() {
  const { t } = useTranslation();
  const welderId = useParams().welderId ?? "";
  const welder = useQuery({
    queryKey: ["welder", welderId],
    queryFn: ({ signal }) => api.call(welderRoutes.getWelder, { params: { welderId }, signal }),
  });
  const shown = welder.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{shown?.name ?? t("console.welders.list.title")}</h1>
        {shown ? <CertificateStateTag state={shown.certificateState} /> : null}
      </header>
      {welder.isPending ? <Spin description={t("common.loading")} /> : null}
      {welder.isError ? <Failure error={welder.error} onRetry={welder.refetch} /> : null}
      {shown ? (
        <div className="machine-columns">
          <WelderFacts welder={shown} />
          <div className="machine-side">
            <section className="panel" aria-labelledby="certificates-title">
              <h2 id="certificates-title" className="panel-title">
                {t("console.welders.page.certificates")}
              </h2>
              {shown.certificates.length === 0 ? (
                <p className="soft">{t("console.welders.page.noCertificates")}</p>
              ) : null}
              <div className="certificate-cards">
                {shown.certificates.map((certificate) => (
                  <CertificateCard
                    key={certificate.certificateId}
                    certificate={certificate}
                    welderId={welderId}
                  />
                ))}
              </div>
            </section>
            <LatestWork welder={shown} />
          </div>
        </div>
      ) : null}
    </main>
  );
}

function WelderFacts({ welder }: { welder: WelderDetail }) {
  const { t } = useTranslation();
  return (
    <section className="panel">
      <dl className="facts">
        <dt>{t("console.welders.list.phone")}</dt>
        <dd>{welder.phone ?? "–"}</dd>
        <dt>{t("console.welders.list.identityNumber")}</dt>
        <dd className="code">{welder.identityNumber ?? "–"}</dd>
        <dt>{t("console.welders.list.region")}</dt>
        <dd>{welder.regionName}</dd>
        <dt>{t("console.welders.page.enterprises")}</dt>
        <dd>
          {welder.enterprises.map(({ name }) => name).join(" · ") || t("console.welders.page.noEnterprises")}
        </dd>
        <dt>{t("console.welders.list.createdAt")}</dt>
        <dd>{dateTime(welder.createdAt)}</dd>
        <dt>{t("console.welders.page.consent")}</dt>
        <dd>
          {welder.consents.map(({ version, agreedAt }) => `${version} (${dateTime(agreedAt)})`).join(" · ") ||
            t("console.welders.page.noConsent")}
        </dd>
      </dl>
    </section>
  );
}

function LatestWork({ welder }: { welder: WelderDetail }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="latest-work-title">
      <h2 id="latest-work-title" className="panel-title">
        {t("console.welders.page.work")}
      </h2>
      {welder.workSessions.length === 0 ? <p className="soft">{t("console.welders.page.noWork")}</p> : null}
      <dl className="facts">
        {welder.workSessions.map((work) => (
          <div key={work.workSessionId} style={{ display: "contents" }}>
            <dt>{dateTime(work.grantedAt)}</dt>
            <dd>
              <Link to={`/machines/${work.machineId}`}>{work.machineName}</Link>{" "}
              <span className={`session-status is-${work.status}`}>
                {t(`common.sessionStatus.${work.status}`)}
              </span>{" "}
              {duration(work.arcMs)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
