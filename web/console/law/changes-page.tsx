import "./law.css";
import { type LawRule, lawPackRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { DatePicker, Spin } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { today } from "../ui/days.ts";
import { Failure } from "../ui/failure.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { ClauseText } from "./clause-text.tsx";
import { LawNav } from "./law-nav.tsx";
import { openTitle, ruleAddress } from "./rule-words.ts";
import { useWord } from "./use-word.ts";

/** What differs between the laws of two days. */
export function ChangesPage() {
  const { t } = useTranslation();
  const word = useWord();
  const list = useListState();
  const to = list.text("to") ?? today();
  const from = list.text("from") ?? dayjs(to).subtract(1, "year").format("YYYY-MM-DD");
  const changes = useQuery({
    queryKey: ["law-changes", from, to],
    queryFn: ({ signal }) => api.call(lawPackRoutes.compareLaw, { query: { from, to }, signal }),
    placeholderData: (previous) => previous,
  });
  const shown = changes.data;
  const line = (rule: LawRule, day: string) => (
    <>
      <Link to={`/rules/all?day=${day}&rule=${ruleAddress(rule)}`}>{openTitle(word(rule.title))}</Link>
      <span className="soft">
        <ClauseText clause={rule.clause} />
        {` · ${rule.effectiveFrom} – ${rule.effectiveTo ?? t("console.law.open")}`}
      </span>
    </>
  );
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.lawPacks.nav.changes")}</h1>
        {(["from", "to"] as const).map((name) => (
          <DatePicker
            key={name}
            aria-label={t(`console.lawPacks.${name}`)}
            allowClear={false}
            value={dayjs(name === "from" ? from : to)}
            onChange={(day) => list.set({ [name]: day?.format("YYYY-MM-DD") })}
          />
        ))}
      </header>
      <LawNav />
      <p className="soft">{t("console.lawPacks.changesLead")}</p>
      {changes.isPending ? <Spin description={t("common.loading")} /> : null}
      {changes.isError ? <Failure error={changes.error} onRetry={changes.refetch} /> : null}
      {shown ? (
        <>
          <p role="status">
            {t("console.lawPacks.changeCounts", {
              added: shown.added.length,
              removed: shown.removed.length,
              changed: shown.changed.length,
              same: shown.unchangedCount,
            })}
          </p>
          {(["added", "removed"] as const).map((kind) =>
            shown[kind].length > 0 ? (
              <section key={kind} className="panel" data-changes={kind}>
                <h2 className="panel-title">{t(`console.lawPacks.${kind}`)}</h2>
                <ul className="law-changes">
                  {shown[kind].map((rule) => (
                    <li key={ruleAddress(rule)} data-rule={ruleAddress(rule)}>
                      {line(rule, kind === "added" ? shown.to : shown.from)}
                    </li>
                  ))}
                </ul>
              </section>
            ) : null,
          )}
          {shown.changed.length > 0 ? (
            <section className="panel" data-changes="changed">
              <h2 className="panel-title">{t("console.lawPacks.changed")}</h2>
              <ul className="law-changes">
                {shown.changed.map(({ before, after }) => (
                  <li key={ruleAddress(after)} data-rule={ruleAddress(after)}>
                    <span className="law-before">{line(before, shown.from)}</span>
                    <span className="law-after">{line(after, shown.to)}</span>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </>
      ) : null}
    </main>
  );
}
