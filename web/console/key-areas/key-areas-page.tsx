import "./key-areas.css";
import { type KeyArea, keyAreaKind, keyAreaRoutes, keyAreaStatus } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { AreasLayer } from "../../map/areas-layer.tsx";
import { BaseMap } from "../../map/base-map.tsx";
import { MapView } from "../../map/map-view.tsx";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { useMe } from "../../ui/use-me.ts";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { useShownAreas } from "./use-shown-areas.ts";

const SORTS = ["name", "-name", "region", "-region", "changedAt", "-changedAt"] as const;

/** Key areas as a list beside their map. */
export function KeyAreasPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useListState();
  const config = useMapConfig().data;
  const shown = useShownAreas();
  const mayDraw =
    useMe().data?.roles.some(({ role }) => role === "operator" || role === "regulator") ?? false;
  const sort = list.oneOf("sort", SORTS);
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    kind: list.oneOf("kind", keyAreaKind.options),
    status: list.oneOf("status", keyAreaStatus.options),
    text: list.text("text"),
    sort,
  };
  const areas = useQuery({
    queryKey: ["key-areas", query],
    queryFn: ({ signal }) => api.call(keyAreaRoutes.listKeyAreas, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const orderOf = (field: string) => (sort === field ? "ascend" : sort === `-${field}` ? "descend" : null);
  const columns: TableProps<KeyArea>["columns"] = [
    {
      key: "name",
      title: t("console.keyAreas.name"),
      sorter: true,
      sortOrder: orderOf("name"),
      render: (_, { keyAreaId, name }) => <Link to={`/key-areas/${keyAreaId}`}>{name}</Link>,
    },
    {
      key: "kind",
      title: t("console.keyAreas.kind"),
      render: (_, { kind }) => t(`common.keyArea.kind.${kind}`),
    },
    {
      key: "region",
      title: t("console.machine.region"),
      sorter: true,
      sortOrder: orderOf("region"),
      dataIndex: "regionName",
    },
    {
      key: "siteOwner",
      title: t("console.keyAreas.siteOwner"),
      render: (_, row) => row.siteOwnerName ?? "–",
    },
    {
      key: "floors",
      title: t("console.keyAreas.floors"),
      render: (_, { floors }) => floors?.join("、") ?? "–",
    },
    {
      key: "status",
      title: t("console.machine.state"),
      render: (_, row) => t(`console.keyAreas.status.${row.status}`),
    },
    {
      key: "changedAt",
      title: t("console.keyAreas.changedAt"),
      sorter: true,
      sortOrder: orderOf("changedAt"),
      render: (_, row) => dateTime(row.changedAt),
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.tab.keyAreas")}</h1>
        {mayDraw ? (
          <div className="page-actions">
            <Button onClick={() => navigate("/key-areas/import")}>
              {t("console.keyAreas.import.title")}
            </Button>
            <Button type="primary" onClick={() => navigate("/key-areas/new")}>
              {t("console.keyAreas.form.create")}
            </Button>
          </div>
        ) : null}
      </header>
      <div className="areas-overview" data-testid="areas-map">
        {config ? (
          <MapView
            centre={[config.centre.longitudeDegrees, config.centre.latitudeDegrees]}
            zoom={config.centre.zoom}
            label={t("console.keyAreas.map")}
            failedText={t("console.map.failed")}
          >
            <BaseMap base={config.base} />
            <AreasLayer areas={shown} onPick={(id) => navigate(`/key-areas/${id}`)} />
          </MapView>
        ) : null}
      </div>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.keyAreas.search")} />
        <ChoiceFilter
          list={list}
          name="kind"
          label={t("console.keyAreas.kind")}
          values={keyAreaKind.options}
          wordFor={(kind) => t(`common.keyArea.kind.${kind}`)}
        />
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.machine.state")}
          values={keyAreaStatus.options}
          wordFor={(status) => t(`console.keyAreas.status.${status}`)}
        />
      </FilterBar>
      <ListTable
        list={list}
        query={areas}
        columns={columns}
        rowKey="keyAreaId"
        onSort={(field, descending) =>
          list.set({ sort: field ? `${descending ? "-" : ""}${field}` : undefined })
        }
      />
    </main>
  );
}
