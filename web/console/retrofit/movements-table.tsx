import { retrofitRoutes, type StockMovement } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";

const PAGE_SIZE = 10;

/** Where the campaign's boxes went, newest first. */
export function MovementsTable({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const movements = useQuery({
    queryKey: ["movements", campaignId, page],
    queryFn: ({ signal }) =>
      api.call(retrofitRoutes.listMovements, {
        params: { campaignId },
        query: { page, pageSize: PAGE_SIZE },
        signal,
      }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<StockMovement>["columns"] = [
    { key: "at", title: t("console.retrofit.movedAt"), render: (_, row) => dateTime(row.movedAt) },
    {
      key: "kind",
      title: t("console.retrofit.kind"),
      render: (_, row) => t(`console.retrofit.move.${row.kind}`),
    },
    {
      key: "region",
      title: t("console.retrofit.township"),
      render: (_, row) => row.regionName ?? t("console.retrofit.store"),
    },
    { key: "quantity", title: t("console.retrofit.quantity"), dataIndex: "quantity", align: "right" },
    { key: "box", title: t("console.retrofit.box"), render: (_, row) => row.box ?? row.chipId ?? "–" },
    { key: "by", title: t("console.retrofit.movedBy"), dataIndex: "movedBy" },
    { key: "note", title: t("console.retrofit.note"), dataIndex: "note" },
  ];
  return (
    <section className="panel" data-testid="movements">
      <h2 className="panel-title">{t("console.retrofit.movements")}</h2>
      {movements.isError ? <Failure error={movements.error} onRetry={movements.refetch} /> : null}
      <WideTable<StockMovement>
        size="small"
        rowKey="movementId"
        columns={columns}
        dataSource={movements.data?.items ?? []}
        loading={movements.isPending}
        locale={{ emptyText: t("console.retrofit.noMovements") }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: movements.data?.total ?? 0,
          onChange: setPage,
        }}
      />
    </section>
  );
}
