import { type BriefSentence, deskRoutes, type Me } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useMe } from "../../ui/use-me.ts";
import { useWord } from "../../ui/use-word.ts";
import { maySeePage } from "../layout/may-see-page.ts";
import { rowsLink } from "../statistics/rows-link.ts";
import { Failure } from "../ui/failure.tsx";

const FOLLOW_MS = 300_000;

/** Yesterday in sentences, each a way to the rows that it counts, or else to the figure. */
export function DailyBrief({ region }: { region: string | undefined }) {
  const { t } = useTranslation();
  const word = useWord();
  const me = useMe().data;
  const brief = useQuery({
    queryKey: ["desk-brief", region],
    queryFn: ({ signal }) =>
      api.call(deskRoutes.getDailyBrief, { query: region === undefined ? {} : { region }, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  return (
    <section className="panel" aria-labelledby="brief-title" data-testid="desk-brief">
      <header className="desk-head">
        <h2 id="brief-title" className="panel-title">
          {t("console.desk.brief")}
        </h2>
        {brief.data ? (
          <span className="soft small">{t("console.desk.asOf", { at: dateTime(brief.data.asOf) })}</span>
        ) : null}
      </header>
      {brief.isPending ? <Spin description={t("common.loading")} /> : null}
      {brief.isError ? <Failure error={brief.error} onRetry={brief.refetch} /> : null}
      {brief.data?.sentences.length === 0 ? <p>{t("console.desk.briefNone")}</p> : null}
      {brief.data && (brief.data.firstDay === null || brief.data.firstDay > brief.data.day) ? (
        <p>{t("console.desk.briefNoRecord", { day: brief.data.day })}</p>
      ) : null}
      <ul className="desk-brief">
        {brief.data?.sentences.map((sentence) => (
          <li key={sentence.measure} data-measure={sentence.measure} data-tone={sentence.tone}>
            <Link to={linkOf(sentence, region, me)}>{word(sentence.text)}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function linkOf(
  { measure, period }: BriefSentence,
  region: string | undefined,
  me: Me | null | undefined,
): string {
  const rows = rowsLink({ dimensions: [], period }, { keys: [] }, measure, {
    filters: {},
    ...(region ? { region } : {}),
  });
  if (rows && maySeePage(me, rows.list)) return rows.to;
  const question = { measures: measure, dimensions: "", ...period, ...(region ? { region } : {}) };
  return `/statistics?${new URLSearchParams(question)}`;
}
