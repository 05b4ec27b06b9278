import { labelRoutes, type RefusedCode } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Table, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";

const PAGE_SIZE = 10;
const REASONS = ["forged", "void", "blank"] as const;

/** Codes that somebody showed and that were refused: how many of each kind, and when. */
export function RefusedCodes() {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const codes = useQuery({
    queryKey: ["refused-codes", page],
    queryFn: ({ signal }) =>
      api.call(labelRoutes.listRefusedCodes, { query: { page, pageSize: PAGE_SIZE }, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 30_000,
  });
  const columns: TableProps<RefusedCode>["columns"] = [
    { key: "at", title: t("console.label.refusedAt"), render: (_, row) => dateTime(row.refusedAt) },
    {
      key: "reason",
      title: t("console.label.refusedWhy"),
      render: (_, row) => t(`console.label.refused.${row.reason}`),
    },
    {
      key: "code",
      title: t("console.machine.code"),
      render: (_, row) => <span className="code">{row.machineCode}</span>,
    },
    { key: "machine", title: t("console.machine.name"), render: (_, row) => row.machineName ?? "–" },
  ];
  return (
    <section className="panel" data-testid="refused-codes">
      <h2 className="panel-title">{t("console.label.refusedTitle")}</h2>
      <dl className="retrofit-figures">
        {REASONS.map((reason) => (
          <div key={reason} className="retrofit-figure" data-reason={reason}>
            <dt>{t(`console.label.refused.${reason}`)}</dt>
            <dd>{codes.data?.counts[reason] ?? 0}</dd>
          </div>
        ))}
      </dl>
      {codes.isError ? <Failure error={codes.error} onRetry={codes.refetch} /> : null}
      <Table<RefusedCode>
        size="small"
        rowKey="refusedCodeId"
        columns={columns}
        dataSource={codes.data?.items ?? []}
        loading={codes.isPending}
        locale={{ emptyText: t("console.label.noneRefused") }}
        pagination={{ current: page, pageSize: PAGE_SIZE, total: codes.data?.total ?? 0, onChange: setPage }}
      />
    </section>
  );
}
