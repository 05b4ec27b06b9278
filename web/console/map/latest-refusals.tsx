import { decisionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { timeOfDay } from "../../ui/format.ts";
import { startOfToday } from "../ui/days.ts";

const SHOWN = 9;

/** Who was refused today, and why; each leads to the decision. */
export function LatestRefusals({ count }: { count: number | undefined }) {
  const { t, i18n } = useTranslation();
  const refusals = useQuery({
    // The live counter tells when there is a new one.
    queryKey: ["latest-refusals", count],
    queryFn: ({ signal }) =>
      api.call(decisionRoutes.listDecisions, {
        query: { outcome: "refuse", pageSize: SHOWN, from: startOfToday() },
        signal,
      }),
    placeholderData: (previous) => previous,
  });
  return (
    <section className="panel" aria-labelledby="refusals-title">
      <h2 id="refusals-title" className="panel-title">
        {t("console.map.recent")}
      </h2>
      {refusals.data?.items.length === 0 ? <p className="soft">{t("console.map.noRefusals")}</p> : null}
      <ul className="short-list">
        {refusals.data?.items.map((decision) => {
          const title = decision.reasons[0]?.title;
          return (
            <li key={decision.decisionId}>
              <Link className="refusal-row" to={`/decisions/${decision.decisionId}`}>
                <span className="short-name">{decision.machineName}</span>
                <time className="short-time" dateTime={decision.decidedAt}>
                  {timeOfDay(decision.decidedAt)}
                </time>
                <span className="short-bad">{i18n.language === "en" ? title?.en : title?.zh}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
