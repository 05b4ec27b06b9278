import type { TimelineEntry } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

type Step = Extract<TimelineEntry, { type: "step" }>["step"];

/** One step of a machine's life in words: what, from what to what, by whom, why. */
export function StepLine({ step }: { step: Step }) {
  const { t } = useTranslation();
  const { details } = step;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const more = [
    step.fromStatus && step.toStatus && step.fromStatus !== step.toStatus
      ? `${t(`console.machineStatus.${step.fromStatus}`)} → ${t(`console.machineStatus.${step.toStatus}`)}`
      : "",
    text(details.chipId),
    text(details.inspectionDueOn)
      ? `${t("console.machineLife.inspectionDueOn")} ${text(details.inspectionDueOn)}`
      : "",
    text(details.to) ? `→ ${text(details.to)}` : "",
    step.reason ?? "",
  ].filter(Boolean);
  return (
    <p>
      <strong>{t(`console.machineLife.step.${step.step}`)}</strong> {step.actorName}
      {more.length > 0 ? ` · ${more.join(" · ")}` : null}
    </p>
  );
}
