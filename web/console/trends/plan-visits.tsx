import { type InspectionPlan, trendRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Input, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { RiskParts } from "./risk-parts.tsx";

type Visit = InspectionPlan["list"][number];

const FINDINGS = ["found", "nothing", "not-done"] as const;

/** A plan's visits by day and person, and what each found. */
export function PlanVisits({ inspectionPlanId }: { inspectionPlanId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const params = { inspectionPlanId };
  const key = ["inspection-plan", inspectionPlanId];
  const plan = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.call(trendRoutes.getInspectionPlan, { params, signal }),
  });
  const report = useMutation({
    mutationFn: (body: { enterpriseId: string; finding: (typeof FINDINGS)[number]; note: string }) =>
      api.call(trendRoutes.reportInspection, { params, body }),
    onSuccess: async (answer) => {
      client.setQueryData(key, answer);
      await client.invalidateQueries({ queryKey: ["inspection-plans"] });
      await client.invalidateQueries({ queryKey: ["inspection-tallies"] });
    },
  });
  return (
    <div className="trend-visits" data-testid="visits">
      {plan.isError ? <Failure error={plan.error} onRetry={plan.refetch} /> : null}
      {report.isError ? <Alert type="error" showIcon title={failureText(report.error)} /> : null}
      <WideTable<Visit>
        size="small"
        rowKey="enterpriseId"
        dataSource={plan.data?.list ?? []}
        loading={plan.isPending}
        pagination={false}
        expandable={{
          columnTitle: t("console.trends.factors"),
          expandedRowRender: ({ parts }) => <RiskParts parts={parts} />,
        }}
        columns={[
          {
            key: "when",
            title: t("console.trends.when"),
            render: (_, { day, person, turn }) => t("console.trends.turn", { day, person, turn }),
          },
          { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
          { key: "name", title: t("console.trends.firm"), dataIndex: "name" },
          { key: "score", title: t("console.trends.score"), render: (_, { score }) => score.toFixed(1) },
          {
            key: "finding",
            title: t("console.trends.result"),
            render: (_, visit) =>
              visit.finding ? (
                <>
                  {t(`console.trends.finding.${visit.finding}`)}
                  {visit.note ? ` · ${visit.note}` : ""}
                </>
              ) : (
                <ReportVisit
                  name={visit.name}
                  isBusy={report.isPending}
                  onReport={(finding, note) =>
                    report.mutate({ enterpriseId: visit.enterpriseId, finding, note })
                  }
                />
              ),
          },
        ]}
      />
    </div>
  );
}

function ReportVisit({
  name,
  isBusy,
  onReport,
}: {
  name: string;
  isBusy: boolean;
  onReport: (finding: (typeof FINDINGS)[number], note: string) => void;
}) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  return (
    <Space>
      <Input
        size="small"
        maxLength={500}
        aria-label={t("console.trends.noteOf", { name })}
        placeholder={t("console.trends.note")}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      {FINDINGS.map((finding) => (
        <Button key={finding} size="small" disabled={isBusy} onClick={() => onReport(finding, note)}>
          {t(`console.trends.finding.${finding}`)}
        </Button>
      ))}
    </Space>
  );
}
