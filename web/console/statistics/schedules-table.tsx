import { type ReportSchedule, statisticsReportRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Popconfirm, Space, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { WideTable } from "../ui/wide-table.tsx";
import { SCHEDULES_KEY } from "./report-keys.ts";

interface Props {
  schedules: readonly ReportSchedule[];
  onEdit: (schedule: ReportSchedule) => void;
}

/** What the person has set up: when the next one comes, one at once, change and end. */
export function SchedulesTable({ schedules, onEdit }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const reload = () => client.invalidateQueries({ queryKey: SCHEDULES_KEY });
  const end = useMutation({
    mutationFn: (reportScheduleId: string) =>
      api.call(statisticsReportRoutes.deleteReportSchedule, { params: { reportScheduleId } }),
    onSuccess: reload,
  });
  const now = useMutation({
    mutationFn: (reportScheduleId: string) =>
      api.call(statisticsReportRoutes.makeReportNow, { params: { reportScheduleId } }),
    onSuccess: reload,
  });
  const failure = end.error ?? now.error;
  const columns: TableProps<ReportSchedule>["columns"] = [
    { key: "name", title: t("console.statistics.report.name"), dataIndex: "name" },
    {
      key: "region",
      title: t("console.statistics.report.region"),
      render: (_, { region, regionName }) =>
        region === null ? t("console.statistics.report.platform") : (regionName ?? region),
    },
    {
      key: "day",
      title: t("console.statistics.report.dayOfMonth"),
      render: (_, { dayOfMonth }) => t("console.statistics.report.day", { day: dayOfMonth }),
    },
    {
      key: "recipients",
      title: t("console.statistics.report.recipients"),
      render: (_, { recipients }) =>
        recipients.length === 0
          ? t("console.statistics.report.nobodyElse")
          : recipients.map(({ name }) => name).join(" · "),
    },
    {
      key: "due",
      title: t("console.statistics.report.due"),
      render: (_, { dueAt, lastProblem }) => (
        <>
          {dateTime(dueAt)}
          {lastProblem ? <Alert type="warning" title={t("console.statistics.report.noSight")} /> : null}
        </>
      ),
    },
    {
      key: "acts",
      title: t("console.statistics.report.acts"),
      render: (_, schedule) => (
        <Space wrap>
          <Button size="small" onClick={() => now.mutate(schedule.reportScheduleId)}>
            {t("console.statistics.report.now")}
          </Button>
          <Button size="small" onClick={() => onEdit(schedule)}>
            {t("console.statistics.report.edit")}
          </Button>
          <Popconfirm
            title={t("console.statistics.report.endSure")}
            okText={t("console.statistics.report.end")}
            cancelText={t("common.cancel")}
            onConfirm={() => end.mutate(schedule.reportScheduleId)}
          >
            <Button size="small" danger>
              {t("console.statistics.report.end")}
            </Button>
          </Popconfirm>
        </Space>
      ),
    },
  ];
  return (
    <>
      {failure ? <Alert type="error" showIcon title={failureText(failure)} /> : null}
      {now.isSuccess ? <Alert type="info" showIcon title={t("console.statistics.report.nowAsked")} /> : null}
      <WideTable<ReportSchedule>
        size="middle"
        rowKey="reportScheduleId"
        columns={columns}
        dataSource={schedules}
        pagination={false}
        locale={{ emptyText: t("console.statistics.report.noSchedules") }}
      />
    </>
  );
}
