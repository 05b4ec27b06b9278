import "./statistics.css";
import { type ReportSchedule, statisticsReportRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { ReportDialog } from "./report-dialog.tsx";
import { REPORTS_KEY, SCHEDULES_KEY } from "./report-keys.ts";
import { ReportsTable } from "./reports-table.tsx";
import { SchedulesTable } from "./schedules-table.tsx";

const FOLLOW_MS = 10_000;

/** Monthly reports: those that were made for the person, and those that he has set up. */
export function ReportsPage() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<ReportSchedule | "new" | undefined>();
  const schedules = useQuery({
    queryKey: SCHEDULES_KEY,
    queryFn: ({ signal }) => api.call(statisticsReportRoutes.listReportSchedules, { signal }),
    refetchInterval: FOLLOW_MS,
  });
  const reports = useQuery({
    queryKey: REPORTS_KEY,
    queryFn: ({ signal }) =>
      api.call(statisticsReportRoutes.listStatisticsReports, { query: { pageSize: 200 }, signal }),
    refetchInterval: FOLLOW_MS,
  });
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.statistics.report.title")}</h1>
        <div className="page-actions">
          <Link to="/statistics">{t("console.statistics.report.back")}</Link>
          <Button type="primary" onClick={() => setEdited("new")}>
            {t("console.statistics.report.add")}
          </Button>
        </div>
      </header>
      <p className="soft">{t("console.statistics.report.lead")}</p>
      <section className="panel" aria-labelledby="reports-made">
        <h2 id="reports-made" className="panel-title">
          {t("console.statistics.report.made")}
        </h2>
        {reports.isPending ? <Spin description={t("common.loading")} /> : null}
        {reports.isError ? <Failure error={reports.error} onRetry={reports.refetch} /> : null}
        {reports.data ? <ReportsTable reports={reports.data.items} /> : null}
      </section>
      <section className="panel" aria-labelledby="reports-scheduled">
        <h2 id="reports-scheduled" className="panel-title">
          {t("console.statistics.report.schedules")}
        </h2>
        {schedules.isPending ? <Spin description={t("common.loading")} /> : null}
        {schedules.isError ? <Failure error={schedules.error} onRetry={schedules.refetch} /> : null}
        {schedules.data ? <SchedulesTable schedules={schedules.data.items} onEdit={setEdited} /> : null}
      </section>
      {edited === undefined ? null : (
        <ReportDialog schedule={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </main>
  );
}
