import { type LawRuleDetail, lawPackRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { ClauseText } from "./clause-text.tsx";
import { type FactValue, factsIn } from "./fact-paths.ts";
import { openTitle } from "./rule-words.ts";
import { useFactLabel, useFactValue } from "./use-fact-words.ts";
import { useWord } from "./use-word.ts";

/** One rule: what it says, its clause and days, and its examples with what they lead to. */
export function RulePanel({ address, day }: { address: string; day: string }) {
  const { t } = useTranslation();
  const word = useWord();
  const [pack = "", ruleId = ""] = address.split("/");
  const rule = useQuery({
    queryKey: ["law-pack-rule", address, day],
    queryFn: ({ signal }) =>
      api.call(lawPackRoutes.getLawRule, { params: { pack, ruleId }, query: { day }, signal }),
  });
  const shown = rule.data;
  return (
    <section className="panel" aria-labelledby="rule-panel-title" data-testid="rule-panel">
      <h2 id="rule-panel-title" className="panel-title">
        {shown ? openTitle(word(shown.title)) : t("common.loading")}
      </h2>
      {rule.isPending ? <Spin description={t("common.loading")} /> : null}
      {rule.isError ? <Failure error={rule.error} onRetry={rule.refetch} /> : null}
      {shown ? (
        <>
          <dl className="facts">
            <dt>{t("common.reason.fix")}</dt>
            <dd>{openTitle(word(shown.fix))}</dd>
            <dt>{t("common.reason.clause")}</dt>
            <dd>
              <ClauseText clause={shown.clause} />
            </dd>
            <dt>{t("console.law.rule")}</dt>
            <dd className="code">{`${shown.pack}/${shown.ruleId} @${shown.version}`}</dd>
            <dt>{t("console.law.inForce")}</dt>
            <dd>{`${shown.effectiveFrom} – ${shown.effectiveTo ?? t("console.law.open")}`}</dd>
            {shown.regimes ? (
              <>
                <dt>{t("console.lawPacks.regimeLabel")}</dt>
                <dd>{shown.regimes.map((one) => t(`console.lawPacks.value.regime.${one}`)).join(" · ")}</dd>
              </>
            ) : null}
          </dl>
          <ol className="law-examples" aria-label={t("console.law.examples")}>
            {shown.examples.map((example, index) => (
              <li key={example.name} data-example={example.name}>
                <ExampleWords example={example} number={index + 1} />
                <span>{t(`console.lawPacks.expected.${example.expected}`)}</span>
                <span className={`outcome is-${example.outcome}`}>
                  {t(`common.outcome.${example.outcome}`)}
                </span>
                {shown.regimes ? (
                  <Link to={`/rules/hot-work?rule=${address}&day=${day}&example=${index}`}>
                    {t("console.lawPacks.tryExample")}
                  </Link>
                ) : null}
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </section>
  );
}

/** What is special about a case, and what the rule says of it. */
function ExampleWords({ example, number }: { example: LawRuleDetail["examples"][number]; number: number }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const labelOf = useFactLabel();
  const wordOf = useFactValue();
  const facts = Object.entries(example.differences ?? {}).flatMap(([path, value]) =>
    Array.isArray(value) && value.some((one) => typeof one === "object")
      ? value.flatMap((part, index) => factsIn(part as object, `${path}.${index}.`))
      : typeof value === "object" && value !== null && !Array.isArray(value)
        ? factsIn(value, `${path}.`)
        : [{ path, value: value as FactValue }],
  );
  return (
    <span>
      {i18n.language === "en" ? example.name : t("console.lawPacks.exampleNumber", { number })}
      <span className="soft law-case">
        {facts.map(({ path, value }) => `${labelOf(path)} = ${wordOf(path, value)}`).join("；")}
      </span>
      {example.says ? <span className="law-case">{word(example.says)}</span> : null}
    </span>
  );
}
