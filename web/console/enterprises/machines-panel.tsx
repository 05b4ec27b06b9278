import { type Machine, machineRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { StateTag } from "../ui/state-tag.tsx";
import { WideTable } from "../ui/wide-table.tsx";

const PAGE_SIZE = 10;

export function MachinesPanel({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const query = { enterpriseId, page, pageSize: PAGE_SIZE };
  const machines = useQuery({
    queryKey: ["machines", query],
    queryFn: ({ signal }) => api.call(machineRoutes.listMachines, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<Machine>["columns"] = [
    {
      key: "name",
      title: t("console.machine.name"),
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
    {
      key: "mobile",
      title: t("console.machine.mobile"),
      render: (_, machine) => t(machine.isMobile ? "common.yes" : "common.no"),
    },
  ];
  return (
    <>
      {machines.isError ? <Failure error={machines.error} onRetry={machines.refetch} /> : null}
      <WideTable<Machine>
        size="middle"
        rowKey="machineId"
        columns={columns}
        dataSource={machines.data?.items ?? []}
        loading={machines.isPending}
        locale={{ emptyText: t("console.list.empty") }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: machines.data?.total ?? 0,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: setPage,
        }}
      />
    </>
  );
}
