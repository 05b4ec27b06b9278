import type { UseQueryResult } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Failure } from "./failure.tsx";
import type { ListState } from "./use-list-state.ts";
import { WideTable } from "./wide-table.tsx";

interface Props<Item> {
  list: ListState;
  query: UseQueryResult<{ items: Item[]; total: number; page: number; pageSize: number }>;
  columns: TableProps<Item>["columns"];
  rowKey: keyof Item & string;
  onSort?: (field: string, descending: boolean) => void;
}

/** One page of a server-side list: the server filters, sorts and counts. */
export function ListTable<Item extends object>({ list, query, columns, rowKey, onSort }: Props<Item>) {
  const { t } = useTranslation();
  return (
    <>
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      <WideTable<Item>
        size="middle"
        rowKey={rowKey}
        {...(columns ? { columns } : {})}
        dataSource={query.data?.items ?? []}
        loading={query.isPending}
        locale={{ emptyText: query.isPending ? t("common.loading") : t("console.list.empty") }}
        pagination={{
          current: list.page,
          pageSize: list.pageSize,
          total: query.data?.total ?? 0,
          showSizeChanger: true,
          showTotal: (total) => t("console.list.total", { total: total.toLocaleString("en-US") }),
        }}
        onChange={(pagination, _filters, sorter, { action }) => {
          if (action === "paginate")
            list.setPage(pagination.current ?? 1, pagination.pageSize ?? list.pageSize);
          if (action === "sort" && onSort && !Array.isArray(sorter)) {
            onSort(sorter.order ? String(sorter.columnKey) : "", sorter.order === "descend");
          }
        }}
      />
    </>
  );
}
