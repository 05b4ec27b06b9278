import type { HotWorkAnswer } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { ReasonList } from "../../ui/reason-list.tsx";
import { ClauseText } from "./clause-text.tsx";

type ReasonWord = "console.lawPacks.upgrade.night";

/** What the law says of the facts: the outcome with its reasons, the grade it asks for, and the watch afterwards. */
export function HotWorkAnswerPanel({ answer }: { answer: HotWorkAnswer }) {
  const { t } = useTranslation();
  const { requiredGrade, smoulderWatch } = answer;
  return (
    <section className="panel" role="status" data-testid="hot-work-answer">
      <h2 className="panel-title">{t("console.lawPacks.answer")}</h2>
      <p className={`outcome is-${answer.outcome}`}>{t(`common.outcome.${answer.outcome}`)}</p>
      <ReasonList reasons={answer.reasons} />
      <dl className="facts">
        {requiredGrade ? (
          <>
            <dt>{t("console.lawPacks.requiredGrade")}</dt>
            <dd>
              {requiredGrade.grade
                ? t(`console.lawPacks.value.gradeDeclared.${requiredGrade.grade}`)
                : t("console.lawPacks.noGrade")}
              {requiredGrade.upgradedFor.length > 0
                ? `（${requiredGrade.upgradedFor
                    .map((why) => t(`console.lawPacks.upgrade.${why}` as ReasonWord))
                    .join(" · ")}）`
                : null}
              <span className="soft small">
                {" "}
                <ClauseText clause={requiredGrade.clause} />
              </span>
            </dd>
          </>
        ) : null}
        <dt>{t("console.lawPacks.smoulderWatch")}</dt>
        <dd>
          {t("console.lawPacks.watchMinutes", { minutes: smoulderWatch.minutes })}
          {smoulderWatch.checkEveryMinutes === null
            ? null
            : t("console.lawPacks.watchChecks", {
                every: smoulderWatch.checkEveryMinutes,
                minutes: smoulderWatch.checksMinutes,
              })}
          <span className="soft small">
            {" "}
            <ClauseText clause={smoulderWatch.clause} />
          </span>
        </dd>
        <dt>{t("console.lawPacks.policyVersion")}</dt>
        <dd className="code">{answer.policyVersion}</dd>
        <dt>{t("console.decision.digest")}</dt>
        <dd className="code">{answer.packsDigest}</dd>
      </dl>
    </section>
  );
}
