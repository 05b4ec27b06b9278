import { type Message, messageRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { AlarmLink } from "../alarms/alarm-link.tsx";
import { LoadFailure } from "../load-failure.tsx";
import { Page } from "../page.tsx";
import { SeverityTag } from "./severity-tag.tsx";

/** One message: opened by being looked at, acknowledged by a tap. */
export function MessagePage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const messageId = useParams().messageId ?? "";
  const query = useQuery({
    queryKey: ["message", messageId],
    queryFn: ({ signal }) => api.call(messageRoutes.getMessage, { params: { messageId }, signal }),
  });
  const message = query.data;
  const isNew = message?.openedAt === null;
  useEffect(() => {
    if (!isNew) return;
    void api
      .call(messageRoutes.openMessages, { body: { messageIds: [messageId] } })
      .then(() => client.invalidateQueries({ queryKey: ["messages"] }));
  }, [isNew, messageId, client]);
  const acknowledge = useMutation({
    mutationFn: () => api.call(messageRoutes.acknowledgeMessage, { params: { messageId } }),
    onSettled: () => {
      void query.refetch();
      void client.invalidateQueries({ queryKey: ["messages"] });
    },
  });
  return (
    <Page title={t("mobile.messages.one")} backTo="/messages">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !message ? <LoadFailure query={query} /> : null}
      {message ? (
        <>
          <section className="card stack">
            <p className="row">
              <SeverityTag severity={message.severity} />
              <time className="soft small" dateTime={message.createdAt}>
                {dateTime(message.createdAt)}
              </time>
            </p>
            <h2>{message.title}</h2>
            <p>{message.body}</p>
            <AboutLink message={message} />
          </section>
          {acknowledge.isError ? (
            <p className="field-error" role="alert">
              {failureText(acknowledge.error)}
            </p>
          ) : null}
          {message.acknowledgedAt ? (
            <p className="card" role="status">
              {t("mobile.messages.acknowledged")} {dateTime(message.acknowledgedAt)}
            </p>
          ) : (
            <Button
              className="big"
              block
              color="primary"
              loading={acknowledge.isPending}
              onClick={() => acknowledge.mutate()}
            >
              {t("mobile.messages.acknowledge")}
            </Button>
          )}
        </>
      ) : null}
    </Page>
  );
}

/** Pages of what messages are about, where the phone has one. */
const PAGES: Readonly<Record<string, (id: string) => string>> = {
  "station-call": (id) => `/station-calls/${id}`,
  duty: () => "/duty",
  rectification: (id) => `/rectifications/${id}`,
  credit: () => "/credit",
};

function AboutLink({ message: { subject } }: { message: Message }) {
  const { t } = useTranslation();
  const to = PAGES[subject.kind]?.(subject.id);
  if (subject.kind === "alarm") return <AlarmLink alarmId={subject.id} />;
  return to ? <Link to={to}>{t("mobile.messages.about")}</Link> : null;
}
