import { type CreditAccount, creditHolder, creditRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, type TableProps, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";

/** Welders or firms with their points, the fewest first. */
export function CreditPage() {
  const { t } = useTranslation();
  const list = useListState();
  const isLow = list.oneOf("isLow", ["true"]);
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    holder: list.oneOf("holder", creditHolder.options) ?? "welder",
    ...(isLow ? { isLow } : {}),
  };
  const accounts = useQuery({
    queryKey: ["credit", query],
    queryFn: ({ signal }) => api.call(creditRoutes.listCredit, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<CreditAccount>["columns"] = [
    {
      key: "name",
      title: t("console.rectification.name"),
      render: (_, { holder, holderId, name }) => <Link to={`/credit/${holder}/${holderId}`}>{name}</Link>,
    },
    { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
    {
      key: "credit",
      title: t("common.rectification.credit"),
      render: (_, account) => <CreditPoints account={account} />,
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("common.rectification.credit")}</h1>
        <div className="page-actions">
          <Button href="#/credit/rules">{t("common.rectification.rules")}</Button>
        </div>
      </header>
      <p className="soft">{t("console.rectification.creditLead")}</p>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="holder"
          label={t("common.rectification.holder.welder")}
          values={creditHolder.options}
          wordFor={(holder) => t(`common.rectification.holder.${holder}`)}
        />
        <ChoiceFilter
          list={list}
          name="isLow"
          label={t("console.rectification.isLow")}
          values={["true"]}
          wordFor={() => t("console.rectification.lowOnly")}
        />
      </FilterBar>
      <ListTable list={list} query={accounts} columns={columns} rowKey="holderId" />
    </main>
  );
}

/** Points, and whether they are few: a hint to staff, nothing more. */
export function CreditPoints({ account }: { account: CreditAccount }) {
  const { t } = useTranslation();
  return (
    <span data-credit={account.credit}>
      {account.credit} {account.isLow ? <Tag color="red">{t("console.rectification.isLow")}</Tag> : null}
    </span>
  );
}
