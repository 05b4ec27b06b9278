import { type KeyAreaDetail, type KeyAreaVersion, keyAreaRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { AreaFacts } from "./area-facts.tsx";

const PAGE_SIZE = 10;

/** What the area was, with who changed it, when and why. */
export function VersionsPanel({ area }: { area: KeyAreaDetail }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const { keyAreaId } = area;
  const versions = useQuery({
    queryKey: ["key-area", keyAreaId, "versions", page, area.version],
    queryFn: ({ signal }) =>
      api.call(keyAreaRoutes.listKeyAreaVersions, {
        params: { keyAreaId },
        query: { page, pageSize: PAGE_SIZE },
        signal,
      }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<KeyAreaVersion>["columns"] = [
    { key: "version", title: t("console.keyAreas.version"), dataIndex: "version" },
    { key: "changedAt", title: t("console.keyAreas.changedAt"), render: (_, row) => dateTime(row.changedAt) },
    { key: "changedBy", title: t("console.keyAreas.changedBy"), dataIndex: "changedByName" },
    { key: "reason", title: t("console.command.reason"), dataIndex: "reason" },
    { key: "name", title: t("console.keyAreas.name"), dataIndex: "name" },
    {
      key: "status",
      title: t("console.machine.state"),
      render: (_, row) => t(`console.keyAreas.status.${row.status}`),
    },
  ];
  return (
    <section className="panel" data-testid="area-versions">
      <h2 className="panel-title">{t("console.keyAreas.versions")}</h2>
      {versions.isError ? <Failure error={versions.error} onRetry={versions.refetch} /> : null}
      <WideTable<KeyAreaVersion>
        size="small"
        rowKey="version"
        columns={columns}
        dataSource={versions.data?.items ?? []}
        loading={versions.isPending}
        expandable={{
          columnTitle: t("console.keyAreas.more"),
          expandedRowRender: (row) => <AreaFacts area={row} />,
        }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: versions.data?.total ?? 0,
          onChange: setPage,
        }}
      />
    </section>
  );
}
