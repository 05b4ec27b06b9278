import { type AlarmDetail, evidenceContentPath, evidencePreviewPath } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { shortDateTime } from "../../ui/format.ts";

/** What has happened about it so far, the newest first, with its pictures. */
export function SaidHistory({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation();
  return (
    <section className="card stack" aria-labelledby="said-title">
      <h2 id="said-title">{t("mobile.alarms.history")}</h2>
      <ol className="stack">
        {[...alarm.history].reverse().map(({ seq, at, what, byName, text, evidenceIds }) => (
          <li key={seq} className="alarm-entry" data-what={what}>
            <p className="row">
              <strong>{t(`common.alarms.what.${what}`)}</strong>
              <time className="soft" dateTime={at}>
                {shortDateTime(at)}
              </time>
            </p>
            {byName ? <p className="soft">{byName}</p> : null}
            {text ? <p className="alarm-said">{text}</p> : null}
            {evidenceIds.map((evidenceId, index) => (
              <a key={evidenceId} href={evidenceContentPath(evidenceId)} target="_blank" rel="noreferrer">
                <img
                  className="alarm-picture"
                  src={evidencePreviewPath(evidenceId)}
                  alt={t("common.alarms.picture", { count: index + 1 })}
                />
              </a>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
