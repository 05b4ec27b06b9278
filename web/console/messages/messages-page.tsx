import "./messages.css";
import { messageRoutes, messageSeverity, messageTopic, type ToldMessage } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { ListTable } from "../ui/list-table.tsx";
import { useListState } from "../ui/use-list-state.ts";

const FOLLOW_MS = 10_000;
const STATES = ["failed", "open"] as const;

/** Who was told what, and how it went out by each way. */
export function MessagesPage() {
  const { t } = useTranslation();
  const list = useListState();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    severity: list.oneOf("severity", messageSeverity.options),
    topic: list.oneOf("topic", messageTopic.options),
    state: list.oneOf("state", STATES),
  };
  const messages = useQuery({
    queryKey: ["told-messages", query],
    queryFn: ({ signal }) => api.call(messageRoutes.listToldMessages, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const columns: TableProps<ToldMessage>["columns"] = [
    { key: "at", title: t("console.told.at"), render: (_, { createdAt }) => dateTime(createdAt) },
    {
      key: "severity",
      title: t("console.told.severity"),
      render: (_, { severity }) => t(`common.telling.severity.${severity}`),
    },
    {
      key: "topic",
      title: t("console.told.topic"),
      render: (_, { topic }) => t(`common.telling.topic.${topic}`),
    },
    { key: "person", title: t("console.told.person"), dataIndex: "personName" },
    {
      key: "text",
      title: t("console.told.text"),
      render: (_, { title, body }) => (
        <>
          <strong>{title}</strong>
          <br />
          {body}
        </>
      ),
    },
    { key: "ways", title: t("console.told.ways"), render: (_, message) => <Ways message={message} /> },
    {
      key: "seen",
      title: t("console.told.seen"),
      render: (_, { openedAt, acknowledgedAt }) =>
        acknowledgedAt
          ? `${t("console.told.acknowledged")} ${dateTime(acknowledgedAt)}`
          : openedAt
            ? `${t("console.told.opened")} ${dateTime(openedAt)}`
            : t("console.told.unread"),
    },
  ];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.told.title")}</h1>
        <Link to="/telling">{t("console.told.settings")}</Link>
      </header>
      <p className="soft">{t("console.told.lead")}</p>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="severity"
          label={t("console.told.severity")}
          values={messageSeverity.options}
          wordFor={(severity) => t(`common.telling.severity.${severity}`)}
        />
        <ChoiceFilter
          list={list}
          name="topic"
          label={t("console.told.topic")}
          values={messageTopic.options}
          wordFor={(topic) => t(`common.telling.topic.${topic}`)}
        />
        <ChoiceFilter
          list={list}
          name="state"
          label={t("console.told.state")}
          values={STATES}
          wordFor={(state) => t(`console.told.${state}`)}
        />
      </FilterBar>
      <ListTable list={list} query={messages} rowKey="messageId" columns={columns} />
    </main>
  );
}

function Ways({ message: { stage, deliveries } }: { message: ToldMessage }) {
  const { t } = useTranslation();
  if (deliveries.length === 0) return t(`console.told.stage.${stage}`);
  return (
    <ul className="told-ways">
      {deliveries.map(({ channel, status, attempts, lastError }) => (
        <li key={channel} data-delivery={status}>
          {t(`common.telling.channel.${channel}`)}: {t(`console.told.status.${status}`)}
          {attempts > 1 ? ` · ${t("console.told.tries", { count: attempts })}` : ""}
          {lastError ? <span className="soft small"> {lastError}</span> : null}
        </li>
      ))}
    </ul>
  );
}
