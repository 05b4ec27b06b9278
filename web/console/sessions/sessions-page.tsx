import {
  exportRoutes,
  siteOwnerState,
  type WorkSession,
  workSessionRoutes,
  workSessionStatus,
} from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime, duration } from "../../ui/format.ts";
import { useEndReason } from "../../ui/use-end-reason.ts";
import { FirmSelect } from "../enterprises/firm-select.tsx";
import { SiteState } from "../enterprises/site-state.tsx";
import { EvidenceButton } from "../evidence/evidence-button.tsx";
import { DateFilter } from "../ui/date-filter.tsx";
import { endOfDay, startOfDay } from "../ui/days.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { RegionFilter } from "../ui/region-filter.tsx";
import { useListState } from "../ui/use-list-state.ts";

export function SessionsPage() {
  const { t } = useTranslation();
  const endReason = useEndReason();
  const list = useListState();
  const [from, to] = [list.text("from"), list.text("to")];
  const filters = {
    status: list.oneOf("status", workSessionStatus.options),
    isOpen: list.oneOf("isOpen", ["true"]),
    text: list.text("text"),
    region: list.text("region"),
    siteOwnerState: list.oneOf("siteOwnerState", siteOwnerState.options),
    enterpriseId: list.text("enterpriseId"),
    contractorEnterpriseId: list.text("contractorEnterpriseId"),
    siteOwnerEnterpriseId: list.text("siteOwnerEnterpriseId"),
    from: from && startOfDay(from),
    to: to && endOfDay(to),
  };
  const query = { page: list.page, pageSize: list.pageSize, ...filters };
  const sessions = useQuery({
    queryKey: ["sessions", query],
    queryFn: ({ signal }) => api.call(workSessionRoutes.listWorkSessions, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 10_000,
  });
  const signature = (verified: boolean | null) =>
    t(`console.session.${verified === null ? "unsigned" : verified ? "signed" : "broken"}`);
  const columns: TableProps<WorkSession>["columns"] = [
    { key: "started", title: t("console.session.started"), render: (_, work) => dateTime(work.grantedAt) },
    {
      key: "status",
      title: t("console.session.status"),
      render: (_, work) => (
        <span className={`session-status is-${work.status}`}>{t(`common.sessionStatus.${work.status}`)}</span>
      ),
    },
    {
      key: "machine",
      title: t("console.session.machine"),
      render: (_, work) => <Link to={`/machines/${work.machineId}`}>{work.machineName}</Link>,
    },
    { key: "enterprise", title: t("console.enterprises.session.owner"), dataIndex: "enterpriseName" },
    {
      key: "contractor",
      title: t("console.enterprises.session.contractor"),
      render: (_, work) => work.contractorName ?? "–",
    },
    {
      key: "siteOwner",
      title: t("console.enterprises.session.siteOwner"),
      render: (_, work) => (
        <>
          <SiteState work={work} />
          {work.siteOwnerReason ? <p className="soft small">{work.siteOwnerReason}</p> : null}
        </>
      ),
    },
    { key: "welder", title: t("console.session.welder"), dataIndex: "welderName" },
    {
      key: "powered",
      title: t("console.session.powered"),
      render: (_, work) => duration(poweredMs(work, sessions.dataUpdatedAt)),
    },
    { key: "arc", title: t("console.session.arc"), render: (_, work) => duration(work.arcMs) },
    { key: "energy", title: t("console.session.energy"), render: (_, work) => `${work.energyKilojoules} kJ` },
    {
      key: "end",
      title: t("console.session.end"),
      render: (_, work) => (work.endReason ? endReason(work.endReason) : "–"),
    },
    {
      key: "signature",
      title: t("console.session.signature"),
      render: (_, work) => (work.status === "ended" ? signature(work.checkpointVerified) : "–"),
    },
    {
      key: "decision",
      title: t("console.session.decision"),
      render: (_, work) => <Link to={`/decisions/${work.decisionId}`}>{t("console.decision.detail")}</Link>,
    },
    {
      key: "evidence",
      title: t("console.evidence.open"),
      render: (_, work) => <EvidenceButton purpose="work" subjectId={work.workSessionId} />,
    },
  ];
  return (
    <main className="console-page">
      <div className="page-head">
        <h1 className="page-title">{t("console.session.title")}</h1>
        <div className="page-actions">
          <ExportButton route={exportRoutes.exportWorkSessions} query={filters} />
        </div>
      </div>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.session.search")} />
        <ChoiceFilter
          list={list}
          name="isOpen"
          label={t("console.session.isOpen")}
          values={["true"]}
          wordFor={() => t("console.session.goingOn")}
        />
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.session.status")}
          values={workSessionStatus.options}
          wordFor={(status) => t(`common.sessionStatus.${status}`)}
        />
        <ChoiceFilter
          list={list}
          name="siteOwnerState"
          label={t("console.enterprises.session.state")}
          values={siteOwnerState.options}
          wordFor={(state) => t(`common.enterprise.siteOwner.${state}`)}
        />
        {(Object.keys(FIRMS) as (keyof typeof FIRMS)[]).map((name) => (
          <FirmSelect
            key={name}
            className="firm-filter"
            label={t(`console.enterprises.session.${FIRMS[name]}`)}
            value={list.text(name)}
            onChange={(enterpriseId) => list.set({ [name]: enterpriseId })}
          />
        ))}
        <DateFilter list={list} />
        <RegionFilter list={list} />
      </FilterBar>
      <ListTable list={list} query={sessions} columns={columns} rowKey="workSessionId" />
    </main>
  );
}

const FIRMS = {
  enterpriseId: "owner",
  contractorEnterpriseId: "contractor",
  siteOwnerEnterpriseId: "siteOwner",
} as const;

/** The chip tells how long it was powered at the end; until then it is the time since the relay closed. */
function poweredMs(work: WorkSession, nowMs: number): number {
  const isPowered = work.status === "energised" && work.energisedAt !== null;
  return isPowered ? nowMs - Date.parse(work.energisedAt!) : work.energisedMs;
}
