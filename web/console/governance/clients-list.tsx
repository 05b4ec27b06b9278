import { type ApiClientView, type SharedFieldName, sharedResource, sharingRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import type { ListState } from "../ui/use-list-state.ts";
import { NewClient } from "./new-client.tsx";
import { type MadeSecret, SecretShown } from "./secret-shown.tsx";

export function ClientsList({ list }: { list: ListState }) {
  const { t, i18n } = useTranslation();
  const { modal } = App.useApp();
  const cache = useQueryClient();
  const [secret, setSecret] = useState<MadeSecret>();
  const query = { page: list.page, pageSize: list.pageSize, text: list.text("text") };
  const clients = useQuery({
    queryKey: ["api-clients", query],
    queryFn: ({ signal }) => api.call(sharingRoutes.listApiClients, { query, signal }),
    placeholderData: (previous) => previous,
  });
  const reload = () => cache.invalidateQueries({ queryKey: ["api-clients"] });
  const rotate = useMutation({
    mutationFn: (clientId: string) => api.call(sharingRoutes.rotateSecret, { params: { clientId } }),
    onSuccess: async (made) => {
      setSecret(made);
      await reload();
    },
  });
  const setActive = useMutation({
    mutationFn: ({ clientId, isActive }: { clientId: string; isActive: boolean }) =>
      api.call(sharingRoutes.setClientActive, { params: { clientId }, body: { isActive } }),
    onSuccess: reload,
  });
  const columns: TableProps<ApiClientView>["columns"] = [
    { key: "name", title: t("console.sharing.client.name"), dataIndex: "name" },
    {
      key: "department",
      title: t("console.sharing.client.department"),
      render: (_, { departmentName: name }) => (i18n.language === "en" ? name.en : name.zh),
    },
    { key: "region", title: t("console.sharing.client.region"), dataIndex: "regionName" },
    {
      key: "fields",
      title: t("console.sharing.client.fields"),
      render: (_, { fields, layers, mayCount }) => [
        ...sharedResource.options.map((resource) =>
          fields[resource] ? (
            <p key={resource} className="client-reads">
              <strong>{t(`console.sharing.reads.${resource}`)}</strong>{" "}
              {fields[resource]
                .map((name) => t(`console.sharing.field.${name as SharedFieldName}`))
                .join(t("console.sharing.comma"))}
            </p>
          ) : null,
        ),
        layers.length > 0 ? (
          <p key="layers" className="client-reads">
            <strong>{t("console.sharing.client.layers")}</strong>{" "}
            {layers.map((layer) => t(`console.sharing.layer.${layer}`)).join(t("console.sharing.comma"))}
          </p>
        ) : null,
        mayCount ? (
          <p key="counts" className="client-reads">
            <strong>{t("console.sharing.client.counts")}</strong>
          </p>
        ) : null,
      ],
    },
    { key: "limit", title: t("console.sharing.client.limit"), dataIndex: "requestsPerMinute" },
    {
      key: "secrets",
      title: t("console.sharing.client.secrets"),
      render: (_, { secretsFrom }) => secretsFrom.map(dateTime).join(" / "),
    },
    {
      key: "state",
      title: t("console.sharing.client.state"),
      render: (_, { isActive }) => t(isActive ? "console.sharing.active" : "console.sharing.stopped"),
    },
    {
      key: "act",
      title: t("common.table.actions"),
      render: (_, { clientId, isActive }) => (
        <>
          <Button
            size="small"
            onClick={() =>
              void modal.confirm({
                title: t("console.sharing.client.rotate"),
                content: t("console.sharing.client.rotateLead"),
                okText: t("console.sharing.client.rotate"),
                cancelText: t("common.cancel"),
                onOk: () => rotate.mutate(clientId),
              })
            }
          >
            {t("console.sharing.client.rotate")}
          </Button>{" "}
          <Button
            size="small"
            danger={isActive}
            onClick={() => setActive.mutate({ clientId, isActive: !isActive })}
          >
            {t(isActive ? "console.sharing.stop" : "console.sharing.start")}
          </Button>
        </>
      ),
    },
  ];
  const error = rotate.error ?? setActive.error;
  return (
    <>
      <FilterBar list={list}>
        <TextFilter list={list} label={t("console.sharing.client.search")} />
        <NewClient
          onMade={(made) => {
            setSecret(made);
            void reload();
          }}
        />
      </FilterBar>
      {error ? <Alert type="error" showIcon title={failureText(error)} /> : null}
      <ListTable list={list} query={clients} columns={columns} rowKey="clientId" />
      {secret ? <SecretShown made={secret} onClose={() => setSecret(undefined)} /> : null}
    </>
  );
}
