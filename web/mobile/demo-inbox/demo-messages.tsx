import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { dateTime } from "../../ui/format.ts";

interface Message {
  phone: string;
  code: string;
  sentAt: string;
}

const SHOWN = 5;

export function DemoMessages({ messages }: { messages: readonly Message[] }) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-labelledby="messages-title">
      <h2 id="messages-title">{t("mobile.demoInbox.messages")}</h2>
      {messages.length === 0 ? <p className="card">{t("mobile.demoInbox.empty")}</p> : null}
      <ul className="item-list">
        {messages.slice(0, SHOWN).map((message) => (
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
    </section>
  );
}
