import { lawPackRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { ClauseText } from "./clause-text.tsx";
import { openTitle } from "./rule-words.ts";
import { useWord } from "./use-word.ts";

/** One rule: what it says, its clause and days, and its examples with what they lead to. */
export function RulePanel({ address, day }: { address: string; day: string }) {
  const { t, i18n } = useTranslation();
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
            {shown.examples.map(({ name, expected, outcome }, index) => (
              <li key={name} data-example={name}>
                <span>
                  {i18n.language === "en" ? name : t("console.lawPacks.exampleNumber", { number: index + 1 })}
                </span>
                <span>{t(`console.lawPacks.expected.${expected}`)}</span>
                <span className={`outcome is-${outcome}`}>{t(`common.outcome.${outcome}`)}</span>
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
