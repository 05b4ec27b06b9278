import { type EnterpriseContract, type EnterpriseDetail, enterprisePeopleRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { ContractButton } from "./contract-button.tsx";
import { ReasonButton } from "./reason-button.tsx";

/** Contractors it has engaged, and clients it works for. */
export function ContractsPanel({ enterprise }: { enterprise: EnterpriseDetail }) {
  const { t } = useTranslation();
  const { enterpriseId } = enterprise;
  const contracts = useQuery({
    queryKey: ["enterprise-contracts", enterpriseId],
    queryFn: ({ signal }) =>
      api.call(enterprisePeopleRoutes.listEnterpriseContracts, { params: { enterpriseId }, signal }),
  });
  const refetch = () => void contracts.refetch();
  const stateOf = ({ endedAt, isInForce }: EnterpriseContract) =>
    endedAt ? "ended" : isInForce ? "inForce" : "over";
  const columns: TableProps<EnterpriseContract>["columns"] = [
    { key: "client", title: t("console.enterprises.contract.client"), dataIndex: "clientName" },
    { key: "contractor", title: t("console.enterprises.contract.contractor"), dataIndex: "contractorName" },
    {
      key: "period",
      title: t("console.enterprises.contract.period"),
      render: (_, row) => `${row.startsOn} – ${row.endsOn}`,
    },
    {
      key: "machines",
      title: t("console.enterprises.contract.machines"),
      render: (_, row) => t(row.allowsMachines ? "common.yes" : "common.no"),
    },
    {
      key: "state",
      title: t("console.enterprises.status"),
      render: (_, row) => t(`console.enterprises.contract.${stateOf(row)}`),
    },
    {
      key: "actions",
      title: t("common.table.actions"),
      render: (_, { contractId, endedAt }) =>
        enterprise.rights.edit && endedAt === null ? (
          <ReasonButton
            size="small"
            isDanger
            hasReason={false}
            word={t("console.enterprises.contract.end")}
            lead={t("console.enterprises.contract.endAsk")}
            send={() =>
              api.call(enterprisePeopleRoutes.endEnterpriseContract, { params: { enterpriseId, contractId } })
            }
            onDone={refetch}
          />
        ) : null,
    },
  ];
  return (
    <>
      {enterprise.rights.edit ? (
        <div className="panel-actions">
          <ContractButton clientId={enterpriseId} onDone={refetch} />
        </div>
      ) : null}
      {contracts.isError ? <Failure error={contracts.error} onRetry={contracts.refetch} /> : null}
      <WideTable<EnterpriseContract>
        size="middle"
        rowKey="contractId"
        columns={columns}
        dataSource={contracts.data?.contracts ?? []}
        loading={contracts.isPending}
        pagination={false}
        locale={{ emptyText: t("console.enterprises.contract.none") }}
      />
    </>
  );
}
