import { movementKind, movementRoutes, movementSort, type WelderMovement } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { MovementKindTag } from "./movement-kind.tsx";
import { MovementWho } from "./movement-who.tsx";
import { useFigureColumns } from "./use-figure-columns.tsx";
import { useMovementReason } from "./use-movement-reason.ts";

/** Welders as fixed or mobile, from where their work began. */
export function WelderMovementsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const reasonOf = useMovementReason();
  const sort = list.oneOf("sort", movementSort.options);
  const figures = useFigureColumns<WelderMovement>(sort);
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    kind: list.oneOf("kind", movementKind.options),
    sort,
  };
  const welders = useQuery({
    queryKey: ["movement", "welders", query],
    queryFn: ({ signal }) => api.call(movementRoutes.listWelderMovements, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<WelderMovement>["columns"] = [
    {
      key: "name",
      title: t("console.welders.list.name"),
      render: (_, { welderId, name }) => <Link to={`/movement/welders/${welderId}`}>{name}</Link>,
    },
    {
      key: "kind",
      title: t("console.movement.counts"),
      render: (_, { kind }) => <MovementKindTag kind={kind} />,
    },
    {
      key: "reason",
      title: t("console.movement.why"),
      render: (_, movement) => reasonOf({ ...movement, isUndecided: movement.kind === "undecided" }),
    },
    ...figures,
  ];
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.tab.movement")}</h1>
      <MovementWho />
      <p className="soft">{t("console.movement.welderLead")}</p>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="kind"
          label={t("console.movement.counts")}
          values={movementKind.options}
          wordFor={(kind) => t(`console.movement.kind.${kind}`)}
        />
      </FilterBar>
      <ListTable
        list={list}
        query={welders}
        columns={columns}
        rowKey="welderId"
        onSort={(field, descending) =>
          list.set({ sort: field ? `${descending ? "-" : ""}${field}` : undefined })
        }
      />
    </main>
  );
}
