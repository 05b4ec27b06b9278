import "./welders.css";
import { certificateFamily, certificateState, type Welder, welderRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Input, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { RegionFilter } from "../ui/region-filter.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { CertificateStateTag } from "./certificate-words.tsx";

const SORTS = ["createdAt", "-createdAt", "region", "-region"] as const;

const LASTS = ["long", "90-days", "30-days"] as const;
const YES_NO = ["true", "false"] as const;

/** The register of welders: masked; a number is looked up whole or not at all. */
export function WeldersPage() {
  const { t } = useTranslation();
  const list = useListState();
  const sort = list.oneOf("sort", SORTS);
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    state: list.oneOf("state", certificateState.options),
    family: list.oneOf("family", certificateFamily.options),
    region: list.text("region"),
    lasts: list.oneOf("lasts", LASTS),
    isAtWork: list.oneOf("isAtWork", YES_NO),
    number: list.text("number"),
    sort,
  };
  const welders = useQuery({
    queryKey: ["welders", query],
    queryFn: ({ signal }) => api.call(welderRoutes.listWelders, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const orderOf = (field: string) => (sort === field ? "ascend" : sort === `-${field}` ? "descend" : null);
  const columns: TableProps<Welder>["columns"] = [
    {
      key: "name",
      title: t("console.welders.list.name"),
      render: (_, welder) => <Link to={`/welders/${welder.welderId}`}>{welder.name}</Link>,
    },
    { key: "phone", title: t("console.welders.list.phone"), render: (_, welder) => welder.phone ?? "–" },
    {
      key: "identityNumber",
      title: t("console.welders.list.identityNumber"),
      render: (_, welder) => <span className="code">{welder.identityNumber ?? "–"}</span>,
    },
    {
      key: "region",
      title: t("console.welders.list.region"),
      sorter: true,
      sortOrder: orderOf("region"),
      render: (_, welder) => (
        <button type="button" className="cell-button" onClick={() => list.set({ region: welder.region })}>
          {welder.regionName}
        </button>
      ),
    },
    {
      key: "state",
      title: t("console.welders.list.state"),
      render: (_, welder) => <CertificateStateTag state={welder.certificateState} />,
    },
    { key: "count", title: t("console.welders.list.count"), dataIndex: "certificateCount" },
    {
      key: "validTo",
      title: t("console.welders.list.validTo"),
      render: (_, welder) => welder.validTo ?? "–",
    },
    {
      key: "createdAt",
      title: t("console.welders.list.createdAt"),
      sorter: true,
      sortOrder: orderOf("createdAt"),
      render: (_, welder) => dateTime(welder.createdAt),
    },
  ];
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.welders.list.title")}</h1>
      <FilterBar list={list}>
        <NumberFilter
          key={query.number}
          value={query.number ?? ""}
          onLook={(number) => list.set({ number })}
        />
        <ChoiceFilter
          list={list}
          name="state"
          label={t("console.welders.list.state")}
          values={certificateState.options}
          wordFor={(state) => t(`console.welders.state.${state}`)}
        />
        <ChoiceFilter
          list={list}
          name="family"
          label={t("console.welders.list.family")}
          values={certificateFamily.options}
          wordFor={(family) => t(`common.family.${family}`)}
        />
        <Input.Search
          key={`region-${query.region}`}
          className="filter-choice"
          allowClear
          defaultValue={query.region ?? ""}
          placeholder={t("console.welders.list.region")}
          aria-label={t("console.welders.list.region")}
          maxLength={9}
          onSearch={(region) => list.set({ region: region.trim() })}
        />
        <ChoiceFilter
          list={list}
          name="lasts"
          label={t("console.wall.filter.lasts")}
          values={LASTS}
          wordFor={(value) => t(`console.wall.filter.${value}`)}
        />
        <ChoiceFilter
          list={list}
          name="isAtWork"
          label={t("console.wall.filter.isAtWork")}
          values={YES_NO}
          wordFor={(value) => t(`console.wall.filter.${value === "true" ? "atWork" : "notAtWork"}`)}
        />
        <RegionFilter list={list} />
      </FilterBar>
      <ListTable
        list={list}
        query={welders}
        columns={columns}
        rowKey="welderId"
        onSort={(field, descending) =>
          list.set({ sort: field ? `${descending ? "-" : ""}${field}` : undefined })
        }
      />
    </main>
  );
}

function NumberFilter({ value, onLook }: { value: string; onLook: (number: string) => void }) {
  const { t } = useTranslation();
  const label = t("console.welders.list.search");
  return (
    <Input.Search
      className="filter-text"
      allowClear
      defaultValue={value}
      placeholder={label}
      aria-label={label}
      maxLength={40}
      onSearch={(number) => onLook(number.trim())}
    />
  );
}
