import {
  sharingRoutes,
  type WebhookEventKind,
  type WebhookSubscription,
  webhookEventKind,
} from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Form, Input, Modal, Select, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import type { ListState } from "../ui/use-list-state.ts";
import { EVENT_WORDS } from "./event-words.ts";

export function WebhooksList({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = { page: list.page, pageSize: list.pageSize };
  const webhooks = useQuery({
    queryKey: ["webhooks", query],
    queryFn: ({ signal }) => api.call(sharingRoutes.listWebhooks, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const reload = () => cache.invalidateQueries({ queryKey: ["webhooks"] });
  const setActive = useMutation({
    mutationFn: ({ subscriptionId, isActive }: { subscriptionId: string; isActive: boolean }) =>
      api.call(sharingRoutes.setWebhookActive, { params: { subscriptionId }, body: { isActive } }),
    onSuccess: reload,
  });
  const columns: TableProps<WebhookSubscription>["columns"] = [
    { key: "client", title: t("console.sharing.client.name"), dataIndex: "clientName" },
    { key: "url", title: t("console.sharing.webhook.url"), dataIndex: "url", className: "code" },
    {
      key: "kinds",
      title: t("console.sharing.webhook.kinds"),
      render: (_, { eventKinds }) =>
        eventKinds.map((kind) => t(EVENT_WORDS[kind as WebhookEventKind])).join(t("console.sharing.comma")),
    },
    { key: "at", title: t("console.sharing.webhook.since"), render: (_, row) => dateTime(row.createdAt) },
    { key: "pending", title: t("console.sharing.delivery.pending"), dataIndex: "pending" },
    {
      key: "dead",
      title: t("console.sharing.delivery.dead"),
      render: (_, { dead }) => <span className={dead > 0 ? "is-bad" : ""}>{dead}</span>,
    },
    {
      key: "act",
      title: t("common.table.actions"),
      render: (_, { subscriptionId, isActive }) => (
        <Button size="small" onClick={() => setActive.mutate({ subscriptionId, isActive: !isActive })}>
          {t(isActive ? "console.sharing.stop" : "console.sharing.start")}
        </Button>
      ),
    },
  ];
  return (
    <>
      <FilterBar list={list}>
        <NewWebhook onMade={reload} />
      </FilterBar>
      {setActive.isError ? <Alert type="error" showIcon title={failureText(setActive.error)} /> : null}
      <ListTable list={list} query={webhooks} columns={columns} rowKey="subscriptionId" />
    </>
  );
}

interface Wish {
  clientId: string;
  url: string;
  eventKinds: WebhookEventKind[];
}

function NewWebhook({ onMade }: { onMade: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<Wish>();
  const clients = useQuery({
    queryKey: ["api-clients", "all"],
    queryFn: ({ signal }) => api.call(sharingRoutes.listApiClients, { query: { pageSize: 200 }, signal }),
    enabled: isOpen,
  });
  const create = useMutation({
    mutationFn: (body: Wish) => api.call(sharingRoutes.createWebhook, { body }),
    async onSuccess() {
      setIsOpen(false);
      await onMade();
    },
  });
  const failures = fieldFailures(create.error);
  const failed = (name: string) => fieldFailure(failures[name]);
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          create.reset();
          form.resetFields();
          setIsOpen(true);
        }}
      >
        {t("console.sharing.webhook.create")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.sharing.webhook.create")}
        okText={t("console.sharing.webhook.create")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: create.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        forceRender
      >
        <Form
          name="new-webhook"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ url: "", eventKinds: [] }}
          onFinish={(body) => create.mutate(body)}
        >
          <Form.Item name="clientId" label={t("console.sharing.client.name")} {...failed("clientId")}>
            <Select
              aria-label={t("console.sharing.client.name")}
              placeholder={t("console.sharing.webhook.clientHint")}
              loading={clients.isPending && isOpen}
              options={
                clients.data?.items.map(({ clientId, name }) => ({ value: clientId, label: name })) ?? []
              }
            />
          </Form.Item>
          <Form.Item
            name="url"
            label={t("console.sharing.webhook.url")}
            extra={t("console.sharing.webhook.urlHint")}
            {...failed("url")}
          >
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item
            name="eventKinds"
            label={<span id="webhook-kinds">{t("console.sharing.webhook.kinds")}</span>}
            {...failed("eventKinds")}
          >
            <Checkbox.Group
              className="client-fields"
              role="group"
              aria-labelledby="webhook-kinds"
              options={webhookEventKind.options.map((value) => ({
                value,
                label: t(EVENT_WORDS[value]),
              }))}
            />
          </Form.Item>
        </Form>
        {create.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(create.error)} />
        ) : null}
      </Modal>
    </>
  );
}
