import type { ClearanceDetail } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

const MARKS = { open: "●", waiting: "…", blocked: "○", done: "✓", "not-demanded": "–" } as const;

/** All steps, always in sight: what is done, what can be done now, what waits for whom. */
export function StepList({ steps }: Pick<ClearanceDetail, "steps">) {
  const { t } = useTranslation();
  return (
    <ol className="card clearance-steps" aria-label={t("mobile.clearances.steps")}>
      {steps.map(({ step, status }) => (
        <li key={step} data-step={step} data-status={status}>
          <span className="clearance-mark" aria-hidden="true">
            {MARKS[status]}
          </span>
          <span>{t(`common.clearances.step.${step}`)}</span>
          <span className="clearance-step-status">{t(`common.clearances.stepStatus.${status}`)}</span>
        </li>
      ))}
    </ol>
  );
}
