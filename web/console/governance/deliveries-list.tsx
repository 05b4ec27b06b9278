import { deliveryStatus, sharingRoutes, type WebhookDelivery, type WebhookEventKind } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, type TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import type { ListState } from "../ui/use-list-state.ts";
import { EVENT_WORDS } from "./event-words.ts";

/** What was sent, what came of it, and what was given up and can be sent again. */
export function DeliveriesList({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    status: list.oneOf("status", deliveryStatus.options),
  };
  const deliveries = useQuery({
    queryKey: ["deliveries", query],
    queryFn: ({ signal }) => api.call(sharingRoutes.listDeliveries, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 10_000,
  });
  const resend = useMutation({
    mutationFn: (deliveryId: string) => api.call(sharingRoutes.resendDelivery, { params: { deliveryId } }),
    onSettled: () => cache.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  const columns: TableProps<WebhookDelivery>["columns"] = [
    { key: "at", title: t("console.sharing.audit.at"), render: (_, row) => dateTime(row.occurredAt) },
    { key: "sequence", title: t("console.sharing.audit.seq"), dataIndex: "sequence" },
    {
      key: "kind",
      title: t("console.sharing.webhook.kinds"),
      render: (_, { eventKind }) => t(EVENT_WORDS[eventKind as WebhookEventKind]),
    },
    { key: "url", title: t("console.sharing.webhook.url"), dataIndex: "url", className: "code" },
    {
      key: "status",
      title: t("console.sharing.client.state"),
      render: (_, { status }) => (
        <span className={status === "dead" ? "is-bad" : status === "delivered" ? "is-good" : ""}>
          {t(`console.sharing.delivery.${status}`)}
        </span>
      ),
    },
    { key: "attempts", title: t("console.sharing.delivery.attempts"), dataIndex: "attempts" },
    {
      key: "answer",
      title: t("console.sharing.delivery.answer"),
      render: (_, { lastStatus, lastError }) => lastError ?? lastStatus ?? "–",
    },
    {
      key: "next",
      title: t("console.sharing.delivery.next"),
      render: (_, { nextAttemptAt }) => (nextAttemptAt ? dateTime(nextAttemptAt) : "–"),
    },
    {
      key: "act",
      title: t("common.table.actions"),
      render: (_, { status, deliveryId }) =>
        status === "dead" ? (
          <Button size="small" onClick={() => resend.mutate(deliveryId)}>
            {t("console.sharing.delivery.resend")}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="status"
          label={t("console.sharing.client.state")}
          values={deliveryStatus.options}
          wordFor={(status) => t(`console.sharing.delivery.${status}`)}
        />
      </FilterBar>
      {resend.isError ? <Alert type="error" showIcon title={failureText(resend.error)} /> : null}
      <ListTable list={list} query={deliveries} columns={columns} rowKey="deliveryId" />
    </>
  );
}
