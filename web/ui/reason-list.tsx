import type { Reason } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

/** Why a start was refused or what it still needs: the rule, its clause, and the smallest thing to do about it. */
export function ReasonList({ reasons }: { reasons: readonly Reason[] }) {
  const { t, i18n } = useTranslation();
  const word = (text: { zh: string; en: string }) => (i18n.language === "en" ? text.en : text.zh);
  /** Laws have numbered articles; standards name their clauses in their own way, such as 5.2.12. */
  const article = (name: string) =>
    /^\d+$/.test(name) ? t("common.reason.article", { number: name }) : name;
  return (
    <ol className="reasons">
      {reasons.map((reason) => (
        <li key={`${reason.ruleId}@${reason.ruleVersion}`} className="reason" data-rule={reason.ruleId}>
          <h3 className="reason-title">{word(reason.title)}</h3>
          <p className="reason-fix">
            <span className="reason-label">{t("common.reason.fix")}</span>
            {word(reason.fix)}
          </p>
          <p className="reason-clause">
            <span className="reason-label">{t("common.reason.clause")}</span>
            {word(reason.clause.source)}
            {reason.clause.article ? ` ${article(reason.clause.article)}` : null}
            {reason.verified ? null : (
              <span className="reason-unverified">{t("common.reason.unverified")}</span>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}
