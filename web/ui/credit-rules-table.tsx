import "./credit.css";
import type { CreditRuleVersion } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTime } from "./format.ts";
import { useWord } from "./use-word.ts";

/** Published rules of credit with their history, the one in force open; for anybody. */
export function CreditRulesTable({ versions }: { versions: readonly CreditRuleVersion[] }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="soft">{t("common.rectification.rulesLead")}</p>
      {versions.map((rules) => (
        <details
          key={rules.version}
          className="card panel"
          open={rules.isInForce}
          data-rules={rules.isInForce ? "in-force" : "other"}
        >
          <summary>
            <strong>
              {rules.regionName ?? t("common.rectification.defaultRules")} · {rules.version}
            </strong>{" "}
            {rules.isInForce ? <span className="tag">{t("common.rectification.inForce")}</span> : null}{" "}
            {rules.effectiveFrom ? (
              <span className="soft">
                {t("common.rectification.from", { at: dateTime(rules.effectiveFrom) })}
              </span>
            ) : null}
          </summary>
          {rules.reason ? <p>{rules.reason}</p> : null}
          <p>{t("common.rectification.returnsAfter", { days: rules.returnsAfterDays })}</p>
          <RuleLines rules={rules.rules} />
        </details>
      ))}
    </>
  );
}

function RuleLines({ rules }: { rules: CreditRuleVersion["rules"] }) {
  const { t } = useTranslation();
  const word = useWord();
  const causes = [...new Map(rules.map((rule) => [rule.cause, rule.title]))];
  const pointsOf = (cause: string, holder: "welder" | "enterprise") => {
    const rule = rules.find((one) => one.cause === cause && one.holder === holder);
    if (!rule) return "–";
    return `${cause === "training" ? "+" : "−"}${rule.points}`;
  };
  return (
    <table className="credit-rules">
      <thead>
        <tr>
          <th scope="col">{t("common.rectification.cause")}</th>
          <th scope="col">{t("common.rectification.holder.welder")}</th>
          <th scope="col">{t("common.rectification.holder.enterprise")}</th>
        </tr>
      </thead>
      <tbody>
        {causes.map(([cause, title]) => (
          <tr key={cause}>
            <th scope="row">{word(title)}</th>
            <td>{pointsOf(cause, "welder")}</td>
            <td>{pointsOf(cause, "enterprise")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
