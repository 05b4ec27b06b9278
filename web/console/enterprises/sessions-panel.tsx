import { type EnterpriseDetail, siteOwnerRoutes, type WorkSession, workSessionRoutes } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Radio, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { ReasonButton } from "./reason-button.tsx";
import { SiteState } from "./site-state.tsx";

const PARTS = {
  owner: "enterpriseId",
  contractor: "contractorEnterpriseId",
  siteOwner: "siteOwnerEnterpriseId",
} as const;
type Part = keyof typeof PARTS;

const PAGE_SIZE = 10;

/** Work that the organisation is part of, by its part; the site owner's officer answers here. */
export function SessionsPanel({ enterprise }: { enterprise: EnterpriseDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [part, setPart] = useState<Part>(enterprise.roles.includes("welding") ? "owner" : "siteOwner");
  const [page, setPage] = useState(1);
  const query = { [PARTS[part]]: enterprise.enterpriseId, page, pageSize: PAGE_SIZE };
  const sessions = useQuery({
    queryKey: ["sessions", query],
    queryFn: ({ signal }) => api.call(workSessionRoutes.listWorkSessions, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 15_000,
  });
  const answer = (workSessionId: string, isConfirmed: boolean) => (reason: string) =>
    api.call(siteOwnerRoutes.answerSiteOwner, { params: { workSessionId }, body: { isConfirmed, reason } });
  const onDone = () => void client.invalidateQueries({ queryKey: ["sessions"] });
  const mayAnswer = (work: WorkSession) =>
    enterprise.rights.isOfficer &&
    work.siteOwnerState === "named" &&
    work.siteOwnerEnterpriseId === enterprise.enterpriseId;
  const columns: TableProps<WorkSession>["columns"] = [
    { key: "started", title: t("console.session.started"), render: (_, work) => dateTime(work.grantedAt) },
    {
      key: "machine",
      title: t("console.session.machine"),
      render: (_, work) => <Link to={`/machines/${work.machineId}`}>{work.machineName}</Link>,
    },
    { key: "welder", title: t("console.session.welder"), dataIndex: "welderName" },
    {
      key: "status",
      title: t("console.session.status"),
      render: (_, work) => t(`common.sessionStatus.${work.status}`),
    },
    { key: "owner", title: t("console.enterprises.session.owner"), dataIndex: "enterpriseName" },
    {
      key: "contractor",
      title: t("console.enterprises.session.contractor"),
      render: (_, work) => work.contractorName ?? "–",
    },
    {
      key: "site",
      title: t("console.enterprises.session.siteOwner"),
      render: (_, work) => <SiteState work={work} />,
    },
    {
      key: "answer",
      title: t("common.table.actions"),
      render: (_, work) =>
        mayAnswer(work) ? (
          <div className="row-actions">
            <ReasonButton
              size="small"
              hasReason={false}
              word={t("console.enterprises.session.confirm")}
              lead={`${work.machineName} · ${work.contractorName ?? work.enterpriseName}`}
              send={answer(work.workSessionId, true)}
              onDone={onDone}
            />
            <ReasonButton
              size="small"
              isDanger
              word={t("console.enterprises.session.dispute")}
              lead={t("console.enterprises.session.disputeLead")}
              send={answer(work.workSessionId, false)}
              onDone={onDone}
            />
          </div>
        ) : null,
    },
  ];
  return (
    <>
      <div className="panel-actions">
        <span>{t("console.enterprises.session.as")}</span>
        <Radio.Group
          optionType="button"
          value={part}
          options={(Object.keys(PARTS) as Part[]).map((value) => ({
            value,
            label: t(`console.enterprises.session.${value}`),
          }))}
          onChange={({ target }) => {
            setPart(target.value as Part);
            setPage(1);
          }}
        />
      </div>
      {sessions.isError ? <Failure error={sessions.error} onRetry={sessions.refetch} /> : null}
      <WideTable<WorkSession>
        size="middle"
        rowKey="workSessionId"
        columns={columns}
        dataSource={sessions.data?.items ?? []}
        loading={sessions.isPending}
        locale={{ emptyText: t("console.enterprises.session.none") }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: sessions.data?.total ?? 0,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: setPage,
        }}
      />
    </>
  );
}
