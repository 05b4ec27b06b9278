import type { MovementSort, WelderMovement } from "@hanyouxu/api";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { distance } from "./use-movement-reason.ts";

type Figures = Pick<WelderMovement, "placeCount" | "moves" | "farthestMetres" | "regionName">;

/** The columns that both lists can be sorted by: how many places, how often, how far, and the region. */
export function useFigureColumns<Item extends Figures>(
  sort: MovementSort | undefined,
): NonNullable<TableProps<Item>["columns"]> {
  const { t } = useTranslation();
  const sorted = (field: string) => ({
    key: field,
    sorter: true,
    sortOrder: sort === field ? ("ascend" as const) : sort === `-${field}` ? ("descend" as const) : null,
  });
  return [
    { ...sorted("placeCount"), title: t("console.movement.placeCount"), dataIndex: "placeCount" },
    { ...sorted("moves"), title: t("console.movement.moves"), dataIndex: "moves" },
    {
      ...sorted("farthestMetres"),
      title: t("console.movement.farthest"),
      render: (_, { farthestMetres, placeCount }) => (placeCount > 1 ? distance(farthestMetres) : "–"),
    },
    { ...sorted("region"), title: t("console.machine.region"), dataIndex: "regionName" },
  ];
}
