import "./governance.css";
import { type Region, regionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { RegionName } from "./region-name.tsx";
import { RegionPath } from "./region-path.tsx";
import { useRegionCounts } from "./use-region-counts.tsx";

const STATES = ["current", "abolished"] as const;

/** The region tree, walked by parent or searched, with how much of the caller's own lies below each. */
export function RegionsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const [parent, text] = [list.text("parent"), list.text("text")];
  const state = list.oneOf("state", STATES);
  const query = { page: list.page, pageSize: list.pageSize, parent, text, ...(state ? { state } : {}) };
  const regions = useQuery({
    queryKey: ["regions", query],
    queryFn: ({ signal }) => api.call(regionRoutes.listRegions, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const counts = useRegionCounts(parent);
  const isSearch = text !== undefined || (state === "abolished" && parent === undefined);
  const countOf = (kind: "machines" | "enterprises" | "welders") => ({
    key: kind,
    title: t(`console.governance.regions.${kind}`),
    align: "right" as const,
    render: (_: unknown, region: Region) => counts.below(region.code, kind),
  });
  const columns: TableProps<Region>["columns"] = [
    {
      key: "name",
      title: t("console.governance.regions.name"),
      render: (_, region) => <RegionName region={region} />,
    },
    { key: "code", title: t("console.governance.regions.code"), dataIndex: "code", className: "code" },
    {
      key: "level",
      title: t("console.governance.regions.level"),
      render: (_, { level }) => t(`console.governance.regions.levels.${level}`),
    },
    ...(isSearch
      ? [
          {
            key: "path",
            title: t("console.governance.regions.path"),
            render: (_: unknown, { path }: Region) => path.map(({ name }) => name).join(" › "),
          },
        ]
      : [countOf("machines"), countOf("enterprises"), countOf("welders")]),
    {
      key: "state",
      title: t("console.governance.regions.state"),
      render: (_, { abolishedOn, successor }) =>
        abolishedOn === null ? (
          t("console.governance.regions.states.current")
        ) : (
          <span className="region-gone">
            {t("console.governance.regions.abolishedOn", { on: abolishedOn })}
            {successor ? (
              <Link className="region-note" to={`/regions?parent=${successor.code}`}>
                {t("console.governance.regions.successor", { ...successor })}
              </Link>
            ) : null}
          </span>
        ),
    },
  ];
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.governance.regions.title")}</h1>
      <p className="soft">{t("console.governance.regions.lead")}</p>
      <RegionPath parent={parent} />
      {counts.whole}
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.governance.regions.search")} />
        <ChoiceFilter
          list={list}
          name="state"
          label={t("console.governance.regions.state")}
          values={STATES}
          wordFor={(value) => t(`console.governance.regions.states.${value}`)}
        />
      </FilterBar>
      <ListTable list={list} query={regions} columns={columns} rowKey="code" />
    </main>
  );
}
