import { type RouteAnswer, trendRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { PlanForm, type PlanWish } from "./plan-form.tsx";
import { PlanVisits } from "./plan-visits.tsx";
import { TallyTable } from "./tally-table.tsx";

type Plan = RouteAnswer<typeof trendRoutes.listInspectionPlans>["items"][number];
const PAGE_SIZE = 5;

/** Whom to inspect within the staff there is, what was found, and how often. */
export function PlansPanel({ region }: { region: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe().data;
  const [page, setPage] = useState(1);
  const [opened, setOpened] = useState<readonly string[]>([]);
  const query = { region, page, pageSize: PAGE_SIZE };
  const plans = useQuery({
    queryKey: ["inspection-plans", query],
    queryFn: ({ signal }) => api.call(trendRoutes.listInspectionPlans, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const make = useMutation({
    mutationFn: (means: Omit<PlanWish, "region">) =>
      api.call(trendRoutes.createInspectionPlan, { body: { region, ...means } }),
    onSuccess: async ({ inspectionPlanId }) => {
      setPage(1);
      setOpened([inspectionPlanId]);
      await client.invalidateQueries({ queryKey: ["inspection-plans"] });
    },
  });
  const mayPlan = me?.roles.some(({ role }) => role === "operator" || role === "regulator") ?? false;
  return (
    <section className="panel" aria-labelledby="plans-title" data-testid="plans">
      <h2 id="plans-title" className="panel-title">
        {t("console.trends.plans")}
      </h2>
      <p className="soft">{t("console.trends.plansLead")}</p>
      {mayPlan ? <PlanForm error={make.error} isPlanning={make.isPending} onPlan={make.mutate} /> : null}
      {plans.isError ? <Failure error={plans.error} onRetry={plans.refetch} /> : null}
      <WideTable<Plan>
        size="small"
        rowKey="inspectionPlanId"
        dataSource={plans.data?.items ?? []}
        loading={plans.isPending}
        locale={{ emptyText: t("console.trends.noPlans") }}
        expandable={{
          columnTitle: t("console.trends.visits"),
          expandedRowKeys: [...opened],
          onExpandedRowsChange: (keys) => setOpened(keys.map(String)),
          expandedRowRender: ({ inspectionPlanId }) => <PlanVisits inspectionPlanId={inspectionPlanId} />,
        }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: plans.data?.total ?? 0,
          showSizeChanger: false,
          hideOnSinglePage: true,
          onChange: setPage,
        }}
        columns={[
          {
            key: "at",
            title: t("console.trends.madeAt"),
            render: (_, { createdAt }) => shortDateTime(createdAt),
          },
          { key: "region", title: t("console.machine.region"), dataIndex: "regionName" },
          {
            key: "means",
            title: t("console.trends.meansLabel"),
            render: (_, { staff, days }) => t("console.trends.meansOf", { staff, days }),
          },
          {
            key: "reported",
            title: t("console.trends.reported"),
            render: (_, { visits, reported, found }) =>
              t("console.trends.reportedOf", { visits, reported, found }),
          },
          { key: "weights", title: t("console.trends.weightsVersion"), dataIndex: "weightsVersion" },
        ]}
      />
      <TallyTable region={region} />
    </section>
  );
}
