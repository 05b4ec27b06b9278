import type { RectificationDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";
import { useHistoryWord } from "../../ui/use-history-word.ts";

/** Everything that happened, the first first. */
export function RectificationHistory({ order }: { order: RectificationDetail }) {
  const { t } = useTranslation();
  const word = useHistoryWord();
  return (
    <section className="panel" aria-labelledby="history-title">
      <h2 id="history-title" className="panel-title">
        {t("common.rectification.history")}
      </h2>
      <ol className="rectification-history">
        {order.history.map((step) => (
          <li key={step.seq} data-what={step.what}>
            <strong>{word(step)}</strong>{" "}
            <span className="soft">
              {step.name ?? t("common.rectification.platform")} · {dateTime(step.at)}
            </span>
            {step.text ? <p className="rectification-said">{step.text}</p> : null}
            {step.until ? (
              <p className="soft">
                {t("common.rectification.due")}: {dateTime(step.until)}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
