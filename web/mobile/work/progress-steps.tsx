import { useTranslation } from "react-i18next";

const STEPS = ["asked", "granted", "energised"] as const;
type Step = (typeof STEPS)[number];

/** Asked → granted → powered, with the step that is under way. */
export function ProgressSteps({ reached }: { reached: Step }) {
  const { t } = useTranslation();
  const at = STEPS.indexOf(reached);
  return (
    <ol className="steps" aria-label={t("mobile.progress.label")} data-reached={reached}>
      {STEPS.map((step, index) => (
        <li key={step} className={index <= at ? "is-done" : index === at + 1 ? "is-next" : ""}>
          <span className="step-dot" aria-hidden="true" />
          <span aria-current={index === at ? "step" : undefined}>{t(`mobile.progress.${step}`)}</span>
        </li>
      ))}
    </ol>
  );
}
