import { type MachineTransfer, machineLifeRoutes, transferStatus } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { AcceptButton } from "./accept-button.tsx";

const ENDINGS = {
  decline: machineLifeRoutes.declineTransfer,
  withdraw: machineLifeRoutes.withdrawTransfer,
} as const;

/** Machines on their way from firm to firm: what was offered to us, and what we offered. */
export function TransfersPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const list = useListState();
  const [ending, setEnding] = useState<{ transferId: string; how: keyof typeof ENDINGS }>();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    status: list.oneOf("status", transferStatus.options),
  };
  const transfers = useQuery({
    queryKey: ["transfers", query],
    queryFn: ({ signal }) => api.call(machineLifeRoutes.listTransfers, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const columns: TableProps<MachineTransfer>["columns"] = [
    {
      key: "machine",
      title: t("console.machine.name"),
      render: (_, { machineId, machineName }) => <Link to={`/machines/${machineId}`}>{machineName}</Link>,
    },
    { key: "from", title: t("console.machineLife.from"), dataIndex: "fromName" },
    { key: "to", title: t("console.machineLife.to"), dataIndex: "toName" },
    {
      key: "status",
      title: t("console.machine.state"),
      render: (_, { status }) => t(`console.machineLife.transfer.${status}`),
    },
    { key: "reason", title: t("console.command.reason"), dataIndex: "reason" },
    { key: "at", title: t("console.machineLife.offeredAt"), render: (_, row) => dateTime(row.offeredAt) },
    {
      key: "actions",
      title: t("common.table.actions"),
      render: (_, { transferId, mayAccept, mayWithdraw }) => (
        <span className="care-actions">
          {mayAccept ? (
            <>
              <AcceptButton transferId={transferId} />
              <Button onClick={() => setEnding({ transferId, how: "decline" })}>
                {t("console.machineLife.decline")}
              </Button>
            </>
          ) : null}
          {mayWithdraw ? (
            <Button onClick={() => setEnding({ transferId, how: "withdraw" })}>
              {t("console.machineLife.withdraw")}
            </Button>
          ) : null}
        </span>
      ),
    },
  ];
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.tab.machineTransfers")}</h1>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.machine.state")}
          values={transferStatus.options}
          wordFor={(status) => t(`console.machineLife.transfer.${status}`)}
        />
      </FilterBar>
      <ListTable list={list} query={transfers} columns={columns} rowKey="transferId" />
      {ending ? (
        <ReasonDialog
          name="end-transfer"
          isOpen
          title={t(`console.machineLife.${ending.how}`)}
          send={(body: { reason: string }) =>
            api.call(ENDINGS[ending.how], { params: { transferId: ending.transferId }, body })
          }
          onCancel={() => setEnding(undefined)}
          onDone={() => {
            setEnding(undefined);
            void client.invalidateQueries({ queryKey: ["transfers"] });
          }}
        />
      ) : null}
    </main>
  );
}
