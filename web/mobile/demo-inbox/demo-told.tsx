import type { MessageChannel } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";

interface Told {
  channel: MessageChannel;
  address: string;
  title: string;
  body: string;
  sentAt: string;
}

const SHOWN = 10;

/** What would have gone out to people by the channels that the demonstration does not have. */
export function DemoTold({ told }: { told: readonly Told[] }) {
  const { t } = useTranslation();
  if (told.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="told-title">
      <h2 id="told-title">{t("mobile.messages.demoTold")}</h2>
      <ul className="item-list">
        {told.slice(0, SHOWN).map((one) => (
          <li key={`${one.sentAt} ${one.channel} ${one.address} ${one.title}`} className="card stack">
            <p className="row">
              <span>
                {t(`common.telling.channel.${one.channel}`)} {one.address}
              </span>
              <time className="soft" dateTime={one.sentAt}>
                {dateTime(one.sentAt)}
              </time>
            </p>
            <strong>{one.title}</strong>
            <p>{one.body}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
