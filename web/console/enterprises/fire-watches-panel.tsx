import { type EnterpriseDetail, type FireWatch, fireWatchRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Table, type TableProps, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { FieldsButton } from "./fields-button.tsx";
import { ReasonButton } from "./reason-button.tsx";

type Training = Record<"trainedOn" | "trainedTo" | "certificateNumber", string>;

/** Who may watch hot work at the organisation's place, with the training that lets them. */
export function FireWatchesPanel({ enterprise }: { enterprise: EnterpriseDetail }) {
  const { t } = useTranslation();
  const params = { enterpriseId: enterprise.enterpriseId };
  const watches = useQuery({
    queryKey: ["fire-watches", params.enterpriseId],
    queryFn: ({ signal }) => api.call(fireWatchRoutes.listFireWatches, { params, signal }),
  });
  const add = useMutation({
    mutationFn: (body: { name: string; phone: string } & Training) =>
      api.call(fireWatchRoutes.addFireWatch, { params, body }),
    onSuccess: () => watches.refetch(),
  });
  const training = [
    { name: "trainedOn", label: t("console.permits.watch.trainedOn"), type: "date" },
    { name: "trainedTo", label: t("console.permits.watch.trainedTo"), type: "date" },
    { name: "certificateNumber", label: t("console.permits.watch.certificateNumber") },
  ] as const;
  const columns: TableProps<FireWatch>["columns"] = [
    { key: "name", title: t("console.permits.watch.name"), dataIndex: "name" },
    { key: "phone", title: t("console.permits.watch.phone"), render: (_, row) => row.phone ?? "–" },
    {
      key: "training",
      title: t("console.permits.watch.training"),
      render: (_, row) => (
        <>
          {row.trainedOn} – {row.trainedTo}{" "}
          {row.isTrained ? null : <Tag color="red">{t("console.permits.watch.over")}</Tag>}
        </>
      ),
    },
    {
      key: "number",
      title: t("console.permits.watch.certificateNumber"),
      render: (_, row) => row.certificateNumber ?? "–",
    },
    ...(enterprise.rights.edit
      ? [
          {
            key: "actions",
            title: t("common.table.actions"),
            render: (_: unknown, { fireWatchId }: FireWatch) => (
              <div className="panel-actions">
                <RetrainButton
                  fields={training}
                  send={(body) =>
                    api.call(fireWatchRoutes.retrainFireWatch, { params: { ...params, fireWatchId }, body })
                  }
                  onDone={() => void watches.refetch()}
                />
                <ReasonButton
                  size="small"
                  isDanger
                  hasReason={false}
                  word={t("console.permits.watch.end")}
                  lead={t("console.permits.watch.endAsk")}
                  send={() => api.call(fireWatchRoutes.endFireWatch, { params: { ...params, fireWatchId } })}
                  onDone={() => void watches.refetch()}
                />
              </div>
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
            word={t("console.permits.watch.add")}
            lead={t("console.permits.watch.addLead")}
            fields={[
              { name: "name", label: t("console.permits.watch.name") },
              { name: "phone", label: t("console.permits.watch.phone") },
              ...training,
            ]}
            mutation={add}
          />
        </div>
      ) : null}
      {watches.isError ? <Failure error={watches.error} onRetry={watches.refetch} /> : null}
      <Table<FireWatch>
        size="middle"
        rowKey="fireWatchId"
        columns={columns}
        dataSource={watches.data?.fireWatches ?? []}
        loading={watches.isPending}
        pagination={false}
        locale={{ emptyText: t("console.permits.watch.none") }}
      />
    </>
  );
}

interface RetrainProps {
  fields: readonly { name: keyof Training; label: string; type?: "date" }[];
  send: (training: Training) => Promise<unknown>;
  onDone: () => void;
}

function RetrainButton({ fields, send, onDone }: RetrainProps) {
  const { t } = useTranslation();
  const mutation = useMutation({ mutationFn: send, onSuccess: onDone });
  return (
    <FieldsButton
      word={t("console.permits.watch.retrain")}
      lead={t("console.permits.watch.retrainLead")}
      fields={fields}
      mutation={mutation}
    />
  );
}
