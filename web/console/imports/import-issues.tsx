import { type ImportIssue, importRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";

const LEVELS = ["false", "true"] as const;

/** Row by row and column by column what is wrong, with the fix. */
export function ImportIssues({ importId, isFinal }: { importId: string; isFinal: boolean }) {
  const { t, i18n } = useTranslation();
  const list = useListState();
  const query = { page: list.page, pageSize: list.pageSize, isWarning: list.oneOf("isWarning", LEVELS) };
  const issues = useQuery({
    queryKey: ["import-issues", importId, query, i18n.language, isFinal],
    queryFn: async ({ signal }) => {
      const { items, ...page } = await api.call(importRoutes.listImportIssues, {
        params: { importId },
        query,
        signal,
      });
      return { ...page, items: items.map((issue) => ({ ...issue, key: `${issue.row} ${issue.column}` })) };
    },
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<ImportIssue & { key: string }>["columns"] = [
    { key: "row", title: t("console.imports.issue.row"), dataIndex: "row" },
    { key: "column", title: t("console.imports.issue.column"), dataIndex: "column" },
    { key: "what", title: t("console.imports.issue.what"), dataIndex: "message" },
    {
      key: "level",
      title: t("console.imports.issue.level"),
      render: (_, { isWarning }) => (
        <span className={isWarning ? "is-warn" : "is-bad"}>
          {t(isWarning ? "console.imports.issue.warning" : "console.imports.issue.error")}
        </span>
      ),
    },
  ];
  return (
    <section>
      <h2 className="panel-title">{t("console.imports.issues")}</h2>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="isWarning"
          label={t("console.imports.issue.level")}
          values={LEVELS}
          wordFor={(level) =>
            t(level === "true" ? "console.imports.issue.warning" : "console.imports.issue.error")
          }
        />
      </FilterBar>
      <ListTable list={list} query={issues} columns={columns} rowKey="key" />
    </section>
  );
}
