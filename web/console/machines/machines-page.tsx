import { exportRoutes, type Machine, machineRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { MACHINE_STATES } from "../../map/machine-paint.ts";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { RegionFilter } from "../ui/region-filter.tsx";
import { StateTag } from "../ui/state-tag.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { IndustryTag } from "./industry-tag.tsx";
import { PROCESSES } from "./processes.ts";

const SORTS = ["name", "-name", "heardAt", "-heardAt", "region", "-region"] as const;
const REGISTRARS = ["enterprise-officer", "operator", "regulator"] as const;
const YES_NO = ["true", "false"] as const;

export function MachinesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayRegister =
    useMe().data?.roles.some(({ role }) => REGISTRARS.some((registrar) => registrar === role)) ?? false;
  const list = useListState();
  const sort = list.oneOf("sort", SORTS);
  const filters = {
    state: list.oneOf("state", MACHINE_STATES),
    process: list.oneOf("process", PROCESSES),
    isMobile: list.oneOf("isMobile", YES_NO),
    isAtWork: list.oneOf("isAtWork", YES_NO),
    isInKeyArea: list.oneOf("isInKeyArea", YES_NO),
    region: list.text("region"),
    industry: list.text("industry"),
    text: list.text("text"),
    sort,
  };
  const query = { page: list.page, pageSize: list.pageSize, ...filters };
  const machines = useQuery({
    queryKey: ["machines", query],
    queryFn: ({ signal }) => api.call(machineRoutes.listMachines, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 10_000,
  });
  const orderOf = (field: string) => (sort === field ? "ascend" : sort === `-${field}` ? "descend" : null);
  const columns: TableProps<Machine>["columns"] = [
    {
      key: "name",
      title: t("console.machine.name"),
      sorter: true,
      sortOrder: orderOf("name"),
      render: (_, machine) => <Link to={`/machines/${machine.machineId}`}>{machine.name}</Link>,
    },
    {
      key: "state",
      title: t("console.machine.state"),
      render: (_, machine) => <StateTag state={machine.state} />,
    },
    { key: "model", title: t("console.machine.model"), dataIndex: "model" },
    {
      key: "process",
      title: t("console.machine.process"),
      render: (_, machine) => t(`common.process.${machine.process}`),
    },
    { key: "enterprise", title: t("console.machine.enterprise"), dataIndex: "enterpriseName" },
    {
      key: "region",
      title: t("console.machine.region"),
      dataIndex: "regionName",
      sorter: true,
      sortOrder: orderOf("region"),
    },
    {
      key: "mobile",
      title: t("console.machine.mobile"),
      render: (_, machine) => (machine.isMobile ? t("common.yes") : t("common.no")),
    },
    {
      key: "heardAt",
      title: t("console.machine.heardAt"),
      sorter: true,
      sortOrder: orderOf("heardAt"),
      render: (_, machine) => (machine.heardAt ? dateTime(machine.heardAt) : t("console.machine.never")),
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.menu.machines")}</h1>
        <div className="page-actions">
          {mayRegister ? (
            <Button type="primary" onClick={() => void navigate("/machines/new")}>
              {t("console.machineLife.register")}
            </Button>
          ) : null}
          <ExportButton route={exportRoutes.exportMachines} query={filters} />
        </div>
      </header>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.machine.search")} />
        <ChoiceFilter
          list={list}
          name="state"
          label={t("console.machine.state")}
          values={MACHINE_STATES}
          wordFor={(state) => t(`common.state.${state}`)}
        />
        <ChoiceFilter
          list={list}
          name="process"
          label={t("console.machine.process")}
          values={PROCESSES}
          wordFor={(process) => t(`common.process.${process}`)}
        />
        <ChoiceFilter
          list={list}
          name="isMobile"
          label={t("console.machine.isMobile")}
          values={YES_NO}
          wordFor={(value) => t(value === "true" ? "common.yes" : "common.no")}
        />
        <ChoiceFilter
          list={list}
          name="isAtWork"
          label={t("console.wall.filter.isAtWork")}
          values={YES_NO}
          wordFor={(value) => t(`console.wall.filter.${value === "true" ? "atWork" : "notAtWork"}`)}
        />
        <ChoiceFilter
          list={list}
          name="isInKeyArea"
          label={t("console.wall.filter.isInKeyArea")}
          values={YES_NO}
          wordFor={(value) => t(`console.wall.filter.${value === "true" ? "inKeyArea" : "notInKeyArea"}`)}
        />
        <RegionFilter list={list} />
        <IndustryTag list={list} />
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
