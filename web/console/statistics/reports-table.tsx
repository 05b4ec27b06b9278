import { type ReportFormat, type StatisticsReport, statisticsReportRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Space, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { saveFile } from "../imports/files.ts";
import { WideTable } from "../ui/wide-table.tsx";

const NAMES: Record<ReportFormat, string> = { pdf: "PDF", xlsx: "Excel" };

/** Reports for the person, each with its files. */
export function ReportsTable({ reports }: { reports: readonly StatisticsReport[] }) {
  const { t } = useTranslation();
  const save = useMutation({
    mutationFn: ({ id, format }: { id: string; format: ReportFormat }) =>
      saveFile(statisticsReportRoutes.getStatisticsReportFile.path.replace(":statisticsReportId", id), {
        format,
      }),
  });
  const columns: TableProps<StatisticsReport>["columns"] = [
    { key: "name", title: t("console.statistics.report.name"), dataIndex: "name" },
    {
      key: "region",
      title: t("console.statistics.report.region"),
      render: (_, { region, regionName }) =>
        region === null ? t("console.statistics.report.platform") : (regionName ?? region),
    },
    { key: "month", title: t("console.statistics.report.month"), dataIndex: "month" },
    {
      key: "madeAt",
      title: t("console.statistics.report.madeAt"),
      render: (_, { madeAt }) => dateTime(madeAt),
    },
    {
      key: "keptUntil",
      title: t("console.statistics.report.keptUntil"),
      render: (_, { keptUntil }) => dateTime(keptUntil).slice(0, 10),
    },
    {
      key: "files",
      title: t("console.statistics.report.files"),
      render: (_, { statisticsReportId: id, name, month, files }) => (
        <Space>
          {files.map(({ format, sizeBytes }) => (
            <Button
              key={format}
              size="small"
              aria-label={`${NAMES[format]} ${name} ${month}`}
              loading={save.isPending && save.variables.id === id && save.variables.format === format}
              onClick={() => save.mutate({ id, format })}
            >
              {NAMES[format]} ({Math.ceil(sizeBytes / 1024)} KB)
            </Button>
          ))}
        </Space>
      ),
    },
  ];
  return (
    <>
      {save.isError ? <Alert type="error" showIcon title={failureText(save.error)} /> : null}
      <WideTable<StatisticsReport>
        size="middle"
        rowKey="statisticsReportId"
        columns={columns}
        dataSource={reports}
        pagination={reports.length > 20 ? { pageSize: 20 } : false}
        locale={{ emptyText: t("console.statistics.report.noneMade") }}
      />
    </>
  );
}
