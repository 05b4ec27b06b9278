import { messageRoutes } from "@hanyouxu/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { MoreButton } from "../history/more-button.tsx";
import { usePages } from "../history/use-pages.ts";
import { Choice } from "../machine/choice.tsx";
import { Page } from "../page.tsx";
import { SeverityTag } from "./severity-tag.tsx";
import { useMessageNews } from "./use-message-news.ts";

/** Everything the person was told, or what waits for his acknowledgement. */
export function MessagesPage() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(true);
  useMessageNews();
  const { pages, items } = usePages(["messages", isOpen], (page, pageSize, signal) =>
    api.call(messageRoutes.listMessages, { query: { page, pageSize, isOpen: String(isOpen) }, signal }),
  );
  return (
    <Page title={t("mobile.messages.title")} backTo="/me">
      <Link className="item-link" to="/telling">
        <strong>{t("common.telling.settings")}</strong>
      </Link>
      <fieldset className="switch">
        <legend className="visually-hidden">{t("mobile.messages.which")}</legend>
        {([true, false] as const).map((open) => (
          <Choice
            key={String(open)}
            name="which"
            words={t(open ? "mobile.messages.open" : "mobile.messages.all")}
            isChosen={isOpen === open}
            onChoose={() => setIsOpen(open)}
          />
        ))}
      </fieldset>
      {items?.length === 0 ? <p className="card">{t("mobile.messages.none")}</p> : null}
      <ul className="item-list">
        {items?.map((message) => (
          <li key={message.messageId}>
            <Link className="item-link" to={`/messages/${message.messageId}`} data-message={message.severity}>
              <span className="row">
                <SeverityTag severity={message.severity} />
                <span className="soft small">{shortDateTime(message.createdAt)}</span>
              </span>
              <strong>{message.title}</strong>
              <span>{message.body}</span>
              {message.openedAt === null ? (
                <span className="notice-warn">{t("mobile.messages.new")}</span>
              ) : null}
              {message.acknowledgedAt ? (
                <span className="soft">{t("mobile.messages.acknowledged")}</span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </Page>
  );
}
