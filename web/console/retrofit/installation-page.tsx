import { installationRoutes, type RelayTest } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin, Table, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import "./retrofit.css";

/** One installation with its photos, relay tests and signature. */
export function InstallationPage() {
  const { t } = useTranslation();
  const installationId = useParams().installationId ?? "";
  const installation = useQuery({
    queryKey: ["installation", installationId],
    queryFn: ({ signal }) =>
      api.call(installationRoutes.getInstallation, { params: { installationId }, signal }),
    refetchInterval: 5_000,
  });
  const shown = installation.data;
  const columns: TableProps<RelayTest>["columns"] = [
    { key: "sent", title: t("console.retrofit.sentAt"), render: (_, row) => dateTime(row.sentAt) },
    {
      key: "status",
      title: t("console.retrofit.test"),
      render: (_, row) => t(`console.retrofit.testStatus.${row.status}`),
    },
    { key: "closed", title: t("console.retrofit.closedAt"), render: (_, row) => shortTime(row.closedAt) },
    { key: "opened", title: t("console.retrofit.openedAt"), render: (_, row) => shortTime(row.openedAt) },
    {
      key: "signed",
      title: t("console.session.signature"),
      render: (_, row) =>
        row.checkpointVerified === null
          ? t("console.session.unsigned")
          : t(row.checkpointVerified ? "console.session.signed" : "console.session.broken"),
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{shown?.machineName ?? t("console.retrofit.installation")}</h1>
        {shown ? <span className="soft">{t(`console.retrofit.steps.${shown.step}`)}</span> : null}
      </header>
      {installation.isPending ? <Spin description={t("common.loading")} /> : null}
      {installation.isError ? <Failure error={installation.error} onRetry={installation.refetch} /> : null}
      {shown ? (
        <>
          <p className="retrofit-notes">
            <Link to={`/retrofit/${shown.campaignId}`}>{shown.campaignName}</Link>
            <span className="code">{shown.chipId}</span>
            <span className="code">{shown.machineCode}</span>
            <span>{shown.model}</span>
            <span>{shown.enterpriseName}</span>
            <span>{shown.regionName}</span>
            <span>{shown.installerName}</span>
            {shown.machineId ? (
              <Link to={`/machines/${shown.machineId}`}>{t("console.map.open")}</Link>
            ) : null}
          </p>
          <section className="panel">
            <h2 className="panel-title">{t("console.retrofit.photos")}</h2>
            <div className="retrofit-photos">
              {shown.photos.map(({ photoId, takenAt }) => (
                <a key={photoId} href={`/api/retrofit/photos/${photoId}`} target="_blank" rel="noreferrer">
                  <img
                    src={`/api/retrofit/photos/${photoId}`}
                    alt={`${t("console.retrofit.photos")} ${dateTime(takenAt)}`}
                  />
                </a>
              ))}
              {shown.photos.length === 0 ? <p className="soft">{t("console.retrofit.noPhotos")}</p> : null}
            </div>
          </section>
          <section className="panel">
            <h2 className="panel-title">{t("console.retrofit.test")}</h2>
            <Table<RelayTest>
              size="small"
              rowKey="relayTestId"
              columns={columns}
              dataSource={shown.tests}
              pagination={false}
              locale={{ emptyText: t("console.retrofit.noTests") }}
            />
          </section>
          {shown.hasSignature ? (
            <section className="panel">
              <h2 className="panel-title">{t("console.retrofit.signature")}</h2>
              <img
                className="retrofit-signature"
                src={`/api/retrofit/installations/${installationId}/signature.png`}
                alt={t("console.retrofit.signature")}
              />
            </section>
          ) : null}
        </>
      ) : null}
    </main>
  );
}

function shortTime(at: string | null): string {
  return at === null ? "–" : dateTime(at);
}
