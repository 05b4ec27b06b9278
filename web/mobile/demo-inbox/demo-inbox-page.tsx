import { ApiError, signInRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Page } from "../page.tsx";

/** Demonstrations only: the messages that would have been sent. The server answers 404 anywhere else. */
export function DemoInboxPage() {
  const { t } = useTranslation();
  const inbox = useQuery({
    queryKey: ["demo-inbox"],
    queryFn: ({ signal }) => api.call(signInRoutes.demoInbox, { signal }),
    refetchInterval: 2_000,
  });
  const isOff = inbox.error instanceof ApiError && inbox.error.status === 404;
  return (
    <Page title={t("mobile.demoInbox.title")} backTo="/sign-in">
      <p className="soft">{t("mobile.demoInbox.lead")}</p>
      {inbox.isError ? (
        <p role="alert">{isOff ? t("mobile.demoInbox.off") : failureText(inbox.error)}</p>
      ) : null}
      {inbox.data?.messages.length === 0 ? <p className="card">{t("mobile.demoInbox.empty")}</p> : null}
      <ul className="item-list">
        {inbox.data?.messages.map((message) => (
          <li key={`${message.sentAt} ${message.phone} ${message.code}`} className="card stack">
            <p className="row">
              <span>{message.phone}</span>
              <time className="soft" dateTime={message.sentAt}>
                {dateTime(message.sentAt)}
              </time>
            </p>
            <p className="inbox-code" data-testid="inbox-code">
              {message.code}
            </p>
            <Link
              className="inbox-use"
              to={`/sign-in?${new URLSearchParams({ phone: message.phone, code: message.code })}`}
            >
              {t("mobile.demoInbox.use")}
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
