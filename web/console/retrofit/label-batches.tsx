import { type LabelBatch, labelRoutes } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";

const PAGE_SIZE = 5;

/** Batches to print, newest first. */
export function LabelBatches({ onPick }: { onPick: (batchId: string) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [page, setPage] = useState(1);
  const batches = useQuery({
    queryKey: ["label-batches", page],
    queryFn: ({ signal }) =>
      api.call(labelRoutes.listLabelBatches, { query: { page, pageSize: PAGE_SIZE }, signal }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<LabelBatch>["columns"] = [
    {
      key: "name",
      title: t("console.label.batch"),
      render: (_, row) => (
        <Button type="link" onClick={() => onPick(row.batchId)}>
          {row.name}
        </Button>
      ),
    },
    { key: "kind", title: t("console.label.kind"), render: (_, row) => t(`console.label.kinds.${row.kind}`) },
    { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
    {
      key: "count",
      title: t("console.label.count"),
      render: (_, row) => t("console.label.counts", { labels: row.labelCount, sheets: row.sheetCount }),
    },
    {
      key: "states",
      title: t("console.machine.state"),
      render: (_, row) =>
        t("console.label.states", { blank: row.blankCount, bound: row.boundCount, gone: row.voidCount }),
    },
    { key: "madeAt", title: t("console.label.madeAt"), render: (_, row) => dateTime(row.madeAt) },
    {
      key: "print",
      title: t("console.label.printed"),
      render: (_, row) => (
        <Button
          size="small"
          href={`/api/label-batches/${row.batchId}/sheets.pdf`}
          download
          onClick={() => {
            // The download itself counts as the printing.
            setTimeout(() => void client.invalidateQueries({ queryKey: ["label-batches"] }), 1_000);
          }}
        >
          {t("console.label.download", { count: row.printCount })}
        </Button>
      ),
    },
  ];
  return (
    <section className="panel" data-testid="label-batches">
      <h2 className="panel-title">{t("console.label.batches")}</h2>
      {batches.isError ? <Failure error={batches.error} onRetry={batches.refetch} /> : null}
      <WideTable<LabelBatch>
        size="small"
        rowKey="batchId"
        columns={columns}
        dataSource={batches.data?.items ?? []}
        loading={batches.isPending}
        locale={{ emptyText: t("console.label.noBatches") }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: batches.data?.total ?? 0,
          onChange: setPage,
        }}
      />
    </section>
  );
}
