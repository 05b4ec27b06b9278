import { lawRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";

/** One cell's rule: what it says, its clause and days, and its examples with what they lead to. */
export function LawRule({ ruleId, day }: { ruleId: string; day: string }) {
  const { t, i18n } = useTranslation();
  const word = (text: { zh: string; en: string }) => (i18n.language === "en" ? text.en : text.zh);
  const rule = useQuery({
    queryKey: ["law-rule", ruleId, day],
    queryFn: ({ signal }) =>
      api.call(lawRoutes.certificateRule, { params: { ruleId }, query: { day }, signal }),
  });
  const shown = rule.data;
  return (
    <section className="panel" aria-labelledby="law-rule-title" data-testid="law-rule">
      <h2 id="law-rule-title" className="panel-title">
        {shown ? word(shown.fix) : t("common.loading")}
      </h2>
      {rule.isPending ? <Spin description={t("common.loading")} /> : null}
      {rule.isError ? <Failure error={rule.error} onRetry={rule.refetch} /> : null}
      {shown ? (
        <>
          <dl className="facts">
            <dt>{t("console.law.rule")}</dt>
            <dd className="code">{`${shown.ruleId} @${shown.version}`}</dd>
            <dt>{t("common.reason.clause")}</dt>
            <dd>
              {word(shown.clause.source)}
              {shown.clause.verified ? null : (
                <span className="reason-unverified">{t("common.reason.unverified")}</span>
              )}
            </dd>
            <dt>{t("console.law.inForce")}</dt>
            <dd>{`${shown.effectiveFrom} – ${shown.effectiveTo ?? t("console.law.open")}`}</dd>
          </dl>
          <ul className="law-examples" aria-label={t("console.law.examples")}>
            {shown.examples.map(({ name, outcome }) => (
              <li key={name} data-example={name}>
                <span>{t(`console.law.example.${name}` as "console.law.example.valid")}</span>
                <span className={`outcome is-${outcome}`}>{t(`common.outcome.${outcome}`)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
