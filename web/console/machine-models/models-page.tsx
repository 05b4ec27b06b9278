import { type MachineModelRow, machineModelRoutes, modelStanding } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { PROCESSES } from "../machines/processes.ts";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { CoverageStrip } from "./coverage-strip.tsx";
import "./machine-models.css";
import { modelPath } from "./model-path.ts";
import { ratingOf } from "./rating.ts";
import { useWords } from "./use-words.ts";

const SORTS = ["machines", "-machines", "designation", "-designation"] as const;
const YES_NO = ["true", "false"] as const;

/** The catalogue with the fleet counted into it. */
export function ModelsPage() {
  const { t } = useTranslation();
  const words = useWords();
  const list = useListState();
  const sort = list.oneOf("sort", SORTS);
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    isCovered: list.oneOf("isCovered", YES_NO),
    standing: list.oneOf("standing", modelStanding.options),
    process: list.oneOf("process", PROCESSES),
    text: list.text("text"),
    sort,
  };
  const models = useQuery({
    queryKey: ["models", query],
    queryFn: ({ signal }) => api.call(machineModelRoutes.listModels, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const orderOf = (field: string) => (sort === field ? "ascend" : sort === `-${field}` ? "descend" : null);
  const columns: TableProps<MachineModelRow>["columns"] = [
    {
      key: "designation",
      title: t("console.machine.model"),
      sorter: true,
      sortOrder: orderOf("designation"),
      render: (_, { designation }) => <Link to={modelPath(designation)}>{designation}</Link>,
    },
    {
      key: "machines",
      title: t("console.machineModels.machines"),
      align: "right",
      sorter: true,
      sortOrder: orderOf("machines"),
      render: (_, { machines }) => machines.toLocaleString("en-US"),
    },
    {
      key: "standing",
      title: t("console.machineModels.standingTitle"),
      render: (_, { standing }) => t(`console.machineModels.standing.${standing}`),
    },
    {
      key: "process",
      title: t("console.machine.process"),
      render: (_, { facts }) => (facts.process ? t(`common.process.${facts.process}`) : "–"),
    },
    { key: "rating", title: t("console.machineModels.rating"), render: (_, { facts }) => ratingOf(facts) },
    {
      key: "profile",
      title: t("console.machineModels.profile"),
      render: (_, { profileTitle }) =>
        profileTitle ? (
          words(profileTitle)
        ) : (
          <span className="is-warn">{t("console.machineModels.uncovered")}</span>
        ),
    },
  ];
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.tab.machineModels")}</h1>
      <CoverageStrip />
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.machine.model")} />
        <ChoiceFilter
          list={list}
          name="isCovered"
          label={t("console.machineModels.profile")}
          values={YES_NO}
          wordFor={(value) =>
            t(value === "true" ? "console.machineModels.covered" : "console.machineModels.uncovered")
          }
        />
        <ChoiceFilter
          list={list}
          name="standing"
          label={t("console.machineModels.standingTitle")}
          values={modelStanding.options}
          wordFor={(standing) => t(`console.machineModels.standing.${standing}`)}
        />
        <ChoiceFilter
          list={list}
          name="process"
          label={t("console.machine.process")}
          values={PROCESSES}
          wordFor={(process) => t(`common.process.${process}`)}
        />
      </FilterBar>
      <ListTable
        list={list}
        query={models}
        columns={columns}
        rowKey="designation"
        onSort={(field, descending) =>
          list.set({ sort: field ? `${descending ? "-" : ""}${field}` : undefined })
        }
      />
    </main>
  );
}
