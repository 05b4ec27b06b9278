import type { RetrofitCampaignDetail } from "@hanyouxu/api";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { WideTable } from "../ui/wide-table.tsx";
import { ProgressBar, ProgressKey } from "./progress-bar.tsx";

type Township = RetrofitCampaignDetail["townships"][number];

const NUMBERS = [
  "allocated",
  "inStock",
  "started",
  "tested",
  "fitted",
  "failed",
  "returned",
  "defective",
] as const;

/** Progress by township; all of a campaign's are shown at once. */
export function TownshipsTable({ campaign }: { campaign: RetrofitCampaignDetail }) {
  const { t } = useTranslation();
  const columns: TableProps<Township>["columns"] = [
    { key: "region", title: t("console.retrofit.township"), dataIndex: "regionName" },
    {
      key: "progress",
      title: t("console.retrofit.progress"),
      render: (_, township) => <ProgressBar figures={township} />,
    },
    {
      key: "targetMachines",
      title: t("console.retrofit.figure.targetMachines"),
      dataIndex: "targetMachines",
      align: "right",
    },
    ...NUMBERS.map((figure) => ({
      key: figure,
      title: t(`console.retrofit.figure.${figure}`),
      dataIndex: figure,
      align: "right" as const,
      sorter: (a: Township, b: Township) => a[figure] - b[figure],
    })),
  ];
  return (
    <section className="panel" data-testid="townships">
      <h2 className="panel-title">{t("console.retrofit.byTownship")}</h2>
      <ProgressKey />
      <WideTable<Township>
        size="small"
        rowKey="region"
        columns={columns}
        dataSource={campaign.townships}
        pagination={false}
        locale={{ emptyText: t("console.retrofit.noTownships") }}
      />
    </section>
  );
}
