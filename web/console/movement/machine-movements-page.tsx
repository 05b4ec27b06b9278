import "./movement.css";
import { type MachineMovement, movementFilter, movementRoutes, movementSort } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { MovementKindTag } from "./movement-kind.tsx";
import { MovementWho } from "./movement-who.tsx";
import { useFigureColumns } from "./use-figure-columns.tsx";
import { useMovementReason } from "./use-movement-reason.ts";

/** Machines as fixed or mobile, with the reason. */
export function MachineMovementsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const reasonOf = useMovementReason();
  const sort = list.oneOf("sort", movementSort.options);
  const figures = useFigureColumns<MachineMovement>(sort);
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    kind: list.oneOf("kind", movementFilter.options),
    text: list.text("text"),
    sort,
  };
  const machines = useQuery({
    queryKey: ["movement", "machines", query],
    queryFn: ({ signal }) => api.call(movementRoutes.listMachineMovements, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<MachineMovement>["columns"] = [
    {
      key: "machine",
      title: t("console.machine.name"),
      render: (_, { machineId, machineName }) => <Link to={`/movement/${machineId}`}>{machineName}</Link>,
    },
    {
      key: "kind",
      title: t("console.movement.counts"),
      render: (_, { kind, isOverridden }) => <MovementKindTag kind={kind} isByHand={isOverridden} />,
    },
    {
      key: "reason",
      title: t("console.movement.why"),
      render: (_, movement) => reasonOf({ ...movement, isUndecided: movement.foundKind === "undecided" }),
    },
    ...figures,
    {
      key: "registered",
      title: t("console.movement.registered"),
      render: (_, { isRegisteredMobile }) =>
        t(`console.movement.kind.${isRegisteredMobile ? "mobile" : "fixed"}`),
    },
    { key: "enterprise", title: t("console.machine.enterprise"), dataIndex: "enterpriseName" },
  ];
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.tab.movement")}</h1>
      <MovementWho />
      <p className="soft">{t("console.movement.lead")}</p>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.machine.search")} />
        <ChoiceFilter
          list={list}
          name="kind"
          label={t("console.movement.counts")}
          values={movementFilter.options}
          wordFor={(kind) =>
            kind === "overridden" ? t("console.movement.byHand") : t(`console.movement.kind.${kind}`)
          }
        />
      </FilterBar>
      <ListTable
        list={list}
        query={machines}
        columns={columns}
        rowKey="machineId"
        onSort={(field, descending) =>
          list.set({ sort: field ? `${descending ? "-" : ""}${field}` : undefined })
        }
      />
    </main>
  );
}
