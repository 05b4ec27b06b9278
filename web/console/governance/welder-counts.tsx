import { personalDataRoutes, type WelderStatistic } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";

type Row = WelderStatistic["rows"][number];

/** Welders by township and family of certificate, without counts that would tell of single people. */
export function WelderCounts() {
  const { t, i18n } = useTranslation();
  const statistic = useQuery({
    queryKey: ["welder-statistic"],
    queryFn: ({ signal }) => api.call(personalDataRoutes.welderStatistic, { signal }),
  });
  if (statistic.isPending) return <Spin description={t("common.loading")} />;
  if (statistic.isError) return <Failure error={statistic.error} onRetry={statistic.refetch} />;
  const { families, rows, totals, total, smallestCount } = statistic.data;
  const shown = (count: number | null | undefined) => count?.toLocaleString("en-US") ?? "*";
  const familyName = (family: string) => {
    const key = `common.family.${family}`;
    return i18n.exists(key) ? t(key as "common.family.emergency") : family;
  };
  const sum: Row = { region: "", regionName: t("console.sharing.statistic.total"), counts: totals, total };
  const columns: TableProps<Row>["columns"] = [
    { key: "region", title: t("console.sharing.client.region"), dataIndex: "regionName" },
    ...families.map((family, index) => ({
      key: family,
      title: familyName(family),
      align: "right" as const,
      render: (_: unknown, row: Row) => shown(row.counts[index]),
    })),
    {
      key: "total",
      title: t("console.sharing.statistic.total"),
      align: "right",
      render: (_, row) => shown(row.total),
    },
  ];
  return (
    <>
      <p className="soft">{t("console.sharing.statistic.lead", { count: smallestCount })}</p>
      <WideTable<Row>
        size="middle"
        rowKey="region"
        columns={columns}
        dataSource={[...rows, sum]}
        pagination={false}
        locale={{ emptyText: t("console.list.empty") }}
      />
    </>
  );
}
