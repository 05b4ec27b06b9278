import type { HotWorkPermitDetail, PermitGasTest } from "@hanyouxu/api";
import { Table, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";

const FIGURES = ["lelVolPercent", "measuredVolPercent", "oxygenVolPercent", "withinMetres"] as const;

export function PermitGasTests({ permit }: { permit: HotWorkPermitDetail }) {
  const { t } = useTranslation();
  const columns: TableProps<PermitGasTest>["columns"] = [
    {
      key: "at",
      title: t("console.permits.sampledAt"),
      render: (_, test) => dateTime(test.sampledAt),
    },
    {
      key: "where",
      title: t("console.permits.gasPlace"),
      render: (_, test) => t(`common.permit.gasPlace.${test.place}`),
    },
    { key: "gas", title: t("console.permits.gas"), dataIndex: "gas" },
    ...FIGURES.map((name) => ({
      key: name,
      title: t(`console.permits.${name}`),
      render: (_: unknown, test: PermitGasTest) => test[name] ?? "–",
    })),
    { key: "tester", title: t("console.permits.tester"), dataIndex: "testerName" },
  ];
  return (
    <section className="panel">
      <h2>{t("console.permits.gasTests")}</h2>
      <Table<PermitGasTest>
        size="small"
        rowKey="gasTestId"
        columns={columns}
        dataSource={permit.gasTests}
        pagination={false}
        locale={{ emptyText: t("console.permits.noGasTests") }}
      />
    </section>
  );
}
