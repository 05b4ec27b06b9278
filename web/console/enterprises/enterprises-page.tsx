import "./enterprises.css";
import {
  type Enterprise,
  enterpriseDomain,
  enterpriseRole,
  enterpriseRoutes,
  enterpriseStatus,
  enterpriseType,
} from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Select, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api } from "../../ui/api.ts";
import { useEnterpriseRegions } from "../../ui/use-enterprise-regions.ts";
import { useIndustryName } from "../../ui/use-industry-name.ts";
import { useIndustryOptions } from "../../ui/use-industry-options.ts";
import { useMe } from "../../ui/use-me.ts";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { DisputedNotice } from "./disputed-notice.tsx";
import { EnterpriseStatusTag } from "./enterprise-status-tag.tsx";

const SORTS = ["name", "-name", "region", "-region", "createdAt", "-createdAt"] as const;
const REGISTRARS = new Set(["operator", "regulator", "station-staff"]);

const YES_NO = ["true", "false"] as const;

/** Welding enterprises and site owners within reach. */
export function EnterprisesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useListState();
  const industry = useIndustryName();
  const industries = useIndustryOptions(t("console.enterprises.form.whole"));
  const regions = useEnterpriseRegions().data ?? [];
  const mayAdd = useMe().data?.roles.some(({ role }) => REGISTRARS.has(role));
  const sort = list.oneOf("sort", SORTS);
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    region: list.text("region"),
    type: list.oneOf("type", enterpriseType.options),
    domain: list.oneOf("domain", enterpriseDomain.options),
    industry: list.text("industry"),
    status: list.oneOf("status", enterpriseStatus.options),
    role: list.oneOf("role", enterpriseRole.options),
    isAtWork: list.oneOf("isAtWork", YES_NO),
    text: list.text("text"),
    sort,
  };
  const enterprises = useQuery({
    queryKey: ["enterprises", query],
    queryFn: ({ signal }) => api.call(enterpriseRoutes.listEnterprises, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const orderOf = (field: string) => (sort === field ? "ascend" : sort === `-${field}` ? "descend" : null);
  const columns: TableProps<Enterprise>["columns"] = [
    {
      key: "name",
      title: t("console.enterprises.name"),
      sorter: true,
      sortOrder: orderOf("name"),
      render: (_, row) => <Link to={`/enterprises/${row.enterpriseId}`}>{row.name}</Link>,
    },
    {
      key: "roles",
      title: t("console.enterprises.roles"),
      render: (_, row) => row.roles.map((role) => t(`common.enterprise.role.${role}`)).join(" · "),
    },
    {
      key: "status",
      title: t("console.enterprises.status"),
      render: (_, row) => <EnterpriseStatusTag status={row.status} />,
    },
    {
      key: "region",
      title: t("console.enterprises.region"),
      dataIndex: "regionName",
      sorter: true,
      sortOrder: orderOf("region"),
    },
    {
      key: "domain",
      title: t("console.enterprises.domain"),
      render: (_, row) => (row.domain ? t(`common.enterprise.domain.${row.domain}`) : "–"),
    },
    {
      key: "industry",
      title: t("console.enterprises.industry"),
      render: (_, row) => (row.industry ? industry(row.industry) : "–"),
    },
    { key: "staff", title: t("console.enterprises.staff"), render: (_, row) => row.staffCount ?? "–" },
    { key: "machines", title: t("console.enterprises.machines"), dataIndex: "machineCount" },
    { key: "welders", title: t("console.enterprises.welders"), dataIndex: "welderCount" },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.enterprises.title")}</h1>
        {mayAdd ? (
          <div className="page-actions">
            <Button type="primary" onClick={() => navigate("/enterprises/new")}>
              {t("console.enterprises.add")}
            </Button>
          </div>
        ) : null}
      </header>
      <DisputedNotice />
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.enterprises.search")} />
        <ChoiceFilter
          list={list}
          name="role"
          label={t("console.enterprises.roles")}
          values={enterpriseRole.options}
          wordFor={(role) => t(`common.enterprise.role.${role}`)}
        />
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.enterprises.status")}
          values={enterpriseStatus.options}
          wordFor={(status) => t(`common.enterprise.status.${status}`)}
        />
        <ChoiceFilter
          list={list}
          name="type"
          label={t("console.enterprises.type")}
          values={enterpriseType.options}
          wordFor={(type) => t(`common.enterprise.type.${type}`)}
        />
        <ChoiceFilter
          list={list}
          name="domain"
          label={t("console.enterprises.domain")}
          values={enterpriseDomain.options}
          wordFor={(domain) => t(`common.enterprise.domain.${domain}`)}
        />
        <Select
          className="firm-filter"
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          aria-label={t("console.enterprises.industry")}
          placeholder={t("console.enterprises.industry")}
          value={query.industry}
          options={industries}
          onChange={(value: string | undefined) => list.set({ industry: value })}
        />
        <Select
          className="filter-choice"
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          aria-label={t("console.enterprises.region")}
          placeholder={t("console.enterprises.region")}
          value={query.region}
          options={regions}
          onChange={(value: string | undefined) => list.set({ region: value })}
        />
        <ChoiceFilter
          list={list}
          name="isAtWork"
          label={t("console.wall.filter.isAtWork")}
          values={YES_NO}
          wordFor={(value) => t(`console.wall.filter.${value === "true" ? "atWork" : "notAtWork"}`)}
        />
      </FilterBar>
      <ListTable
        list={list}
        query={enterprises}
        columns={columns}
        rowKey="enterpriseId"
        onSort={(field, descending) =>
          list.set({ sort: field ? `${descending ? "-" : ""}${field}` : undefined })
        }
      />
    </main>
  );
}
