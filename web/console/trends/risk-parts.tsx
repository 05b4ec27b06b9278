import type { FirmRisk } from "@hanyouxu/api";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { useWord } from "../law/use-word.ts";

/** What a score is made of: each factor's figure, its points and what it could give. */
export function RiskParts({ parts }: { parts: FirmRisk["parts"] }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Table<FirmRisk["parts"][number]>
      size="small"
      rowKey="factor"
      dataSource={parts}
      pagination={false}
      columns={[
        { key: "title", title: t("console.trends.factor"), render: (_, { title }) => word(title) },
        {
          key: "seen",
          title: t("console.trends.seenValue"),
          render: (_, { seen, unit }) => `${Math.round(seen * 10) / 10} ${word(unit)}`,
        },
        {
          key: "points",
          title: t("console.trends.points"),
          render: (_, { points, most }) =>
            t("console.trends.pointsOf", { points: points.toFixed(1), most: most.toFixed(0) }),
        },
      ]}
    />
  );
}
