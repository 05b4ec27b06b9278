import type { WhatIfAnswer as Answer } from "@hanyouxu/api";
import { Alert } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { dateTime } from "../../ui/format.ts";
import { openTitle } from "./rule-words.ts";
import { useWord } from "./use-word.ts";

const OUTCOMES = ["grant", "require", "refuse"] as const;

/** What was and what would have been, side by side, down to single starts. */
export function WhatIfAnswer({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const word = useWord();
  const { total, looked, everyNthWelder, drifted, before, after, rules, alarms, examples } = answer;
  return (
    <div className="decision-columns" role="status" data-testid="what-if-answer">
      <section className="panel" aria-labelledby="what-if-starts">
        <h2 id="what-if-starts" className="panel-title">
          {t("console.whatIf.starts", { count: total })}
        </h2>
        {looked < total ? (
          <Alert
            type="info"
            showIcon
            title={t("console.whatIf.sampled", { looked, everyNth: everyNthWelder })}
          />
        ) : null}
        {drifted > 0 ? (
          <Alert type="warning" showIcon title={t("console.whatIf.drifted", { count: drifted })} />
        ) : null}
        <Compared
          label={t("console.whatIf.starts", { count: total })}
          rows={OUTCOMES.map((outcome) => ({
            key: outcome,
            name: t(`common.outcome.${outcome}`),
            before: before[outcome],
            after: after[outcome],
          }))}
        />
        <h3>{t("console.whatIf.rules")}</h3>
        <Compared
          label={t("console.whatIf.rules")}
          rows={rules.map(({ pack, ruleId, title, ...counts }) => ({
            key: `${pack}/${ruleId}`,
            name: openTitle(word(title)),
            ...counts,
          }))}
        />
        <h3>{t("console.whatIf.alarms")}</h3>
        <Compared
          label={t("console.whatIf.alarms")}
          rows={alarms.map(({ kind, title, ...counts }) => ({ key: kind, name: word(title), ...counts }))}
        />
        <p className="soft">{t("console.whatIf.limits")}</p>
      </section>
      <section className="panel" aria-labelledby="what-if-examples">
        <h2 id="what-if-examples" className="panel-title">
          {t("console.whatIf.examples")}
        </h2>
        {examples.length === 0 ? <p className="soft">{t("console.whatIf.noChange")}</p> : null}
        <ol className="policy-versions">
          {examples.map((one) => (
            <li key={one.decisionId} data-decision={one.decisionId}>
              <h3>
                <Link to={`/decisions/${one.decisionId}`}>{dateTime(one.decidedAt)}</Link>
                {` · ${one.machineName}`}
              </h3>
              <p>
                <span className={`outcome is-${one.before}`}>{t(`common.outcome.${one.before}`)}</span>
                {" → "}
                <span className={`outcome is-${one.after}`}>{t(`common.outcome.${one.after}`)}</span>
              </p>
              <p className="soft">{one.reasons.map(({ title }) => word(title)).join(" · ")}</p>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

interface Row {
  key: string;
  name: ReactNode;
  before: number;
  after: number;
}

function Compared({ label, rows }: { label: string; rows: readonly Row[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className="soft">{t("console.whatIf.none")}</p>;
  return (
    <table className="law-table" aria-label={label}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t("console.whatIf.before")}</th>
          <th scope="col">{t("console.whatIf.after")}</th>
          <th scope="col">{t("console.whatIf.difference")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, before, after }) => (
          <tr key={key} data-row={key}>
            <th scope="row">{name}</th>
            <td>{before}</td>
            <td>{after}</td>
            <td>{after === before ? "0" : after > before ? `+${after - before}` : `−${before - after}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
