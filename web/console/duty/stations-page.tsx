import { type FireStation, fireStationRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api } from "../../ui/api.ts";
import { useMe } from "../../ui/use-me.ts";
import { FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { managesStations } from "./manages-stations.ts";

const FOLLOW_MS = 30_000;

/** The stations of the person's regions, with how many are on duty now. */
export function StationsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe().data;
  const list = useListState();
  const query = { page: list.page, pageSize: list.pageSize, text: list.text("text") };
  const stations = useQuery({
    queryKey: ["fire-stations", query],
    queryFn: ({ signal }) => api.call(fireStationRoutes.listFireStations, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const columns: TableProps<FireStation>["columns"] = [
    {
      key: "name",
      title: t("console.duty.name"),
      render: (_, { fireStationId, name }) => <Link to={`/fire-stations/${fireStationId}`}>{name}</Link>,
    },
    { key: "region", title: t("console.duty.region"), dataIndex: "regionName" },
    { key: "phone", title: t("console.duty.phone"), dataIndex: "phone" },
    {
      key: "kinds",
      title: t("console.duty.kinds"),
      render: (_, { kinds }) => kinds.map((kind) => t(`console.duty.kind.${kind}`)).join("、"),
    },
    {
      key: "onDuty",
      title: t("console.duty.onDuty"),
      render: (_, { onDuty, members }) => t("console.duty.onDutyOf", { onDuty, members }),
    },
    {
      key: "state",
      title: t("console.duty.state"),
      render: (_, { isActive }) => t(isActive ? "console.duty.active" : "console.duty.closed"),
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.duty.title")}</h1>
        {managesStations(me) ? (
          <Button type="primary" onClick={() => navigate("/fire-stations/new")}>
            {t("console.duty.new")}
          </Button>
        ) : null}
      </header>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.duty.search")} />
      </FilterBar>
      <ListTable list={list} query={stations} rowKey="fireStationId" columns={columns} />
    </main>
  );
}
