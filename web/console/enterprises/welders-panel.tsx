import { type EnterpriseDetail, type EnterpriseWelder, enterprisePeopleRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Checkbox, Switch, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { FieldsButton } from "./fields-button.tsx";
import { ReasonButton } from "./reason-button.tsx";

const PAGE_SIZE = 10;

interface Props {
  enterprise: EnterpriseDetail;
  onRuleSet: () => void;
}

/** Members, who has been asked, and contractors' welders; who of them may start the machines. */
export function WeldersPanel({ enterprise, onRuleSet }: Props) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const params = { enterpriseId: enterprise.enterpriseId };
  const mayEdit = enterprise.rights.edit;
  const query = { page, pageSize: PAGE_SIZE };
  const welders = useQuery({
    queryKey: ["enterprise-welders", params.enterpriseId, query],
    queryFn: ({ signal }) =>
      api.call(enterprisePeopleRoutes.listEnterpriseWelders, { params, query, signal }),
    placeholderData: (previous) => previous,
  });
  const refetch = () => void welders.refetch();
  const add = useMutation({
    mutationFn: (body: { phone: string }) =>
      api.call(enterprisePeopleRoutes.addEnterpriseWelder, { params, body }),
    onSuccess: refetch,
  });
  const setRule = useMutation({
    mutationFn: (allowsListedOnly: boolean) =>
      api.call(enterprisePeopleRoutes.setWhitelistRule, { params, body: { allowsListedOnly } }),
    onSuccess: onRuleSet,
  });
  const setListed = useMutation({
    mutationFn: ({ welderId, isListed }: { welderId: string; isListed: boolean }) =>
      api.call(enterprisePeopleRoutes.listWelder, { params: { ...params, welderId }, body: { isListed } }),
    onSuccess: refetch,
  });
  const failed = welders.error ?? setRule.error ?? setListed.error;
  const columns: TableProps<EnterpriseWelder>["columns"] = [
    {
      key: "name",
      title: t("console.enterprises.welder.name"),
      render: (_, row) => (
        <>
          {row.name}
          {row.status === "suspended" ? (
            <span className="is-bad"> · {t("console.enterprises.welder.suspended")}</span>
          ) : null}
        </>
      ),
    },
    {
      key: "relation",
      title: t("console.enterprises.welder.relation"),
      render: (_, row) =>
        [t(`console.enterprises.welder.relations.${row.relation}`), row.throughName]
          .filter(Boolean)
          .join(" · "),
    },
    {
      key: "certificates",
      title: t("console.enterprises.welder.certificates"),
      dataIndex: "certificateCount",
    },
    {
      key: "listed",
      title: t("console.enterprises.welder.listed"),
      render: (_, row) => (
        <Checkbox
          aria-label={t("console.enterprises.welder.listed")}
          checked={row.isListed}
          disabled={!mayEdit || row.relation === "invited"}
          onChange={({ target }) => setListed.mutate({ welderId: row.welderId, isListed: target.checked })}
        />
      ),
    },
    {
      key: "actions",
      title: t("common.table.actions"),
      render: (_, row) =>
        mayEdit && row.relation !== "contractor" ? (
          <ReasonButton
            size="small"
            isDanger
            hasReason={false}
            word={t("console.enterprises.welder.remove")}
            lead={t("console.enterprises.welder.removeAsk")}
            send={() =>
              api.call(enterprisePeopleRoutes.removeEnterpriseWelder, {
                params: { ...params, welderId: row.welderId },
              })
            }
            onDone={refetch}
          />
        ) : null,
    },
  ];
  return (
    <>
      <div className="panel-actions">
        {mayEdit ? (
          <FieldsButton
            word={t("console.enterprises.welder.add")}
            lead={t(`console.enterprises.welder.${enterprise.rights.isOfficer ? "askLead" : "addLead"}`)}
            fields={[{ name: "phone", label: t("console.enterprises.officer.phone") }]}
            mutation={add}
          />
        ) : null}
        <span className="row-actions">
          <Switch
            aria-label={t("console.enterprises.welder.rule")}
            checked={enterprise.allowsListedOnly}
            disabled={!mayEdit}
            loading={setRule.isPending}
            onChange={(isOn) => setRule.mutate(isOn)}
          />
          {t("console.enterprises.welder.rule")}
        </span>
      </div>
      {failed ? <Failure error={failed} onRetry={refetch} /> : null}
      <WideTable<EnterpriseWelder>
        size="middle"
        rowKey="welderId"
        columns={columns}
        dataSource={welders.data?.items ?? []}
        loading={welders.isPending}
        locale={{ emptyText: t("console.enterprises.welder.none") }}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: welders.data?.total ?? 0,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: setPage,
        }}
      />
    </>
  );
}
