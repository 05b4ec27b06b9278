import {
  type HotWorkPermit,
  hotWorkPermitRoutes,
  hotWorkPermitStatus,
  hotWorkRegimeTitles,
} from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { useWord } from "../../ui/use-word.ts";
import { FirmSelect } from "../enterprises/firm-select.tsx";
import { ExportButton } from "../ui/export-button.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { PermitStatusTag } from "./permit-status-tag.tsx";

const FIRMS = { siteOwnerEnterpriseId: "siteOwner", contractorEnterpriseId: "contractor" } as const;
/** A draft is nobody's business but its welder's. */
const STATUSES = hotWorkPermitStatus.options.filter((status) => status !== "draft");

/** Hot-work permits within reach, found by number, firm, area, status and day. */
export function PermitsPage() {
  const { t } = useTranslation();
  const word = useWord();
  const list = useListState();
  const filters = {
    status: list.oneOf("status", STATUSES),
    text: list.text("text"),
    day: list.text("day"),
    keyAreaId: list.text("keyAreaId"),
    siteOwnerEnterpriseId: list.text("siteOwnerEnterpriseId"),
    contractorEnterpriseId: list.text("contractorEnterpriseId"),
  };
  const query = { page: list.page, pageSize: list.pageSize, ...filters };
  const permits = useQuery({
    queryKey: ["permits", query],
    queryFn: ({ signal }) => api.call(hotWorkPermitRoutes.listHotWorkPermits, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 10_000,
  });
  const columns: TableProps<HotWorkPermit>["columns"] = [
    {
      key: "number",
      title: t("console.permits.number"),
      render: (_, { permitId, permitNumber }) => <Link to={`/permits/${permitId}`}>{permitNumber}</Link>,
    },
    {
      key: "status",
      title: t("console.permits.status"),
      render: (_, { status }) => <PermitStatusTag status={status} />,
    },
    {
      key: "regime",
      title: t("console.permits.regime"),
      render: (_, { regime, grade }) =>
        [word(hotWorkRegimeTitles[regime]), grade && t(`common.permit.grade.${grade}`)]
          .filter(Boolean)
          .join(" · "),
    },
    {
      key: "siteOwner",
      title: t("console.permits.siteOwner"),
      render: (_, row) => row.siteOwnerName ?? "–",
    },
    { key: "area", title: t("console.permits.area"), render: (_, row) => row.keyAreaName ?? "–" },
    { key: "place", title: t("console.permits.place"), dataIndex: "placeDescription" },
    {
      key: "contractor",
      title: t("console.permits.contractor"),
      render: (_, row) => row.contractorName ?? "–",
    },
    { key: "welder", title: t("console.permits.welder"), dataIndex: "welderName" },
    {
      key: "time",
      title: t("console.permits.time"),
      render: (_, row) => {
        const from = row.validFrom ?? row.plannedFrom;
        const to = row.validTo ?? row.plannedTo;
        return from && to ? `${shortDateTime(from)} – ${shortDateTime(to)}` : "–";
      },
    },
  ];
  const day = list.text("day");
  return (
    <main className="console-page">
      <div className="page-head">
        <h1 className="page-title">{t("console.tab.permits")}</h1>
        <div className="page-actions">
          <ExportButton route={hotWorkPermitRoutes.exportHotWorkPermits} query={filters} />
        </div>
      </div>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.permits.search")} />
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.permits.status")}
          values={STATUSES}
          wordFor={(status) => t(`common.permit.status.${status}`)}
        />
        {(Object.keys(FIRMS) as (keyof typeof FIRMS)[]).map((name) => (
          <FirmSelect
            key={name}
            className="firm-filter"
            label={t(`console.permits.${FIRMS[name]}`)}
            value={list.text(name)}
            onChange={(enterpriseId) => list.set({ [name]: enterpriseId })}
          />
        ))}
        <DatePicker
          aria-label={t("console.permits.day")}
          placeholder={t("console.permits.day")}
          value={day ? dayjs(day) : null}
          onChange={(chosen) => list.set({ day: chosen?.format("YYYY-MM-DD") })}
        />
      </FilterBar>
      <ListTable list={list} query={permits} columns={columns} rowKey="permitId" />
    </main>
  );
}
