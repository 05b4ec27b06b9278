import "./enterprises.css";
import { enterpriseRoutes } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Spin, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { ContractsPanel } from "./contracts-panel.tsx";
import { EnterpriseActions } from "./enterprise-actions.tsx";
import { EnterpriseFacts } from "./enterprise-facts.tsx";
import { EnterpriseStatusTag } from "./enterprise-status-tag.tsx";
import { FireWatchesPanel } from "./fire-watches-panel.tsx";
import { MachinesPanel } from "./machines-panel.tsx";
import { OfficersPanel } from "./officers-panel.tsx";
import { PendingNotice } from "./pending-notice.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";
import { WeldersPanel } from "./welders-panel.tsx";

/** One organisation: its data, its people, its machines, and the work it is part of. */
export function EnterprisePage() {
  const { t } = useTranslation();
  const enterpriseId = useParams().enterpriseId ?? "";
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const enterprise = useQuery({
    queryKey: ["enterprise", enterpriseId],
    queryFn: ({ signal }) => api.call(enterpriseRoutes.getEnterprise, { params: { enterpriseId }, signal }),
  });
  const shown = enterprise.data;
  const changed = () => void client.invalidateQueries({ queryKey: ["enterprise", enterpriseId] });
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{shown?.name ?? t("console.enterprises.title")}</h1>
        {shown ? (
          <>
            <EnterpriseStatusTag status={shown.status} />
            <EnterpriseActions enterprise={shown} onDone={changed} />
          </>
        ) : null}
      </header>
      {enterprise.isPending ? <Spin description={t("common.loading")} /> : null}
      {enterprise.isError ? <Failure error={enterprise.error} onRetry={enterprise.refetch} /> : null}
      {shown?.rights.isOfficer ? <PendingNotice enterpriseId={enterpriseId} /> : null}
      {shown ? (
        <div className="enterprise-columns">
          <EnterpriseFacts enterprise={shown} />
          <section className="panel">
            <Tabs
              activeKey={search.get("tab") ?? "officers"}
              onChange={(tab) => setSearch({ tab }, { replace: true })}
              items={[
                {
                  key: "officers",
                  label: t("console.enterprises.tabs.officers"),
                  children: <OfficersPanel enterprise={shown} />,
                },
                {
                  key: "welders",
                  label: t("console.enterprises.tabs.welders"),
                  children: <WeldersPanel enterprise={shown} onRuleSet={changed} />,
                },
                {
                  key: "fire-watches",
                  label: t("console.permits.watch.title"),
                  children: <FireWatchesPanel enterprise={shown} />,
                },
                {
                  key: "contracts",
                  label: t("console.enterprises.tabs.contracts"),
                  children: <ContractsPanel enterprise={shown} />,
                },
                {
                  key: "machines",
                  label: t("console.enterprises.tabs.machines"),
                  children: <MachinesPanel enterpriseId={enterpriseId} />,
                },
                {
                  key: "sessions",
                  label: t("console.enterprises.tabs.sessions"),
                  children: <SessionsPanel enterprise={shown} />,
                },
              ]}
            />
          </section>
        </div>
      ) : null}
    </main>
  );
}
