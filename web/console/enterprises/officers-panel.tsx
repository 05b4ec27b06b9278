import { type EnterpriseDetail, type EnterpriseOfficer, enterprisePeopleRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Table, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { FieldsButton } from "./fields-button.tsx";
import { ReasonButton } from "./reason-button.tsx";

export function OfficersPanel({ enterprise }: { enterprise: EnterpriseDetail }) {
  const { t } = useTranslation();
  const params = { enterpriseId: enterprise.enterpriseId };
  const officers = useQuery({
    queryKey: ["enterprise-officers", params.enterpriseId],
    queryFn: ({ signal }) => api.call(enterprisePeopleRoutes.listEnterpriseOfficers, { params, signal }),
  });
  const add = useMutation({
    mutationFn: (body: { name: string; phone: string }) =>
      api.call(enterprisePeopleRoutes.addEnterpriseOfficer, { params, body }),
    onSuccess: () => officers.refetch(),
  });
  const columns: TableProps<EnterpriseOfficer>["columns"] = [
    { key: "name", title: t("console.enterprises.officer.name"), dataIndex: "name" },
    { key: "phone", title: t("console.enterprises.officer.phone"), render: (_, row) => row.phone ?? "–" },
    {
      key: "since",
      title: t("console.enterprises.officer.since"),
      render: (_, row) => dateTime(row.grantedAt),
    },
    ...(enterprise.rights.edit
      ? [
          {
            key: "actions",
            title: t("common.table.actions"),
            render: (_: unknown, { personId }: EnterpriseOfficer) => (
              <ReasonButton
                size="small"
                isDanger
                hasReason={false}
                word={t("console.enterprises.officer.remove")}
                lead={t("console.enterprises.officer.removeAsk")}
                send={() =>
                  api.call(enterprisePeopleRoutes.removeEnterpriseOfficer, {
                    params: { ...params, personId },
                  })
                }
                onDone={() => void officers.refetch()}
              />
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      {enterprise.rights.edit ? (
        <div className="panel-actions">
          <FieldsButton
            word={t("console.enterprises.officer.add")}
            lead={t("console.enterprises.officer.addLead")}
            fields={[
              { name: "name", label: t("console.enterprises.officer.name") },
              { name: "phone", label: t("console.enterprises.officer.phone") },
            ]}
            mutation={add}
          />
        </div>
      ) : null}
      {officers.isError ? <Failure error={officers.error} onRetry={officers.refetch} /> : null}
      <Table<EnterpriseOfficer>
        size="middle"
        rowKey="personId"
        columns={columns}
        dataSource={officers.data?.officers ?? []}
        loading={officers.isPending}
        pagination={false}
        locale={{ emptyText: t("console.enterprises.officer.none") }}
      />
    </>
  );
}
