import { useTranslation } from "react-i18next";
import { duration } from "../../ui/format.ts";
import { type HeardClearance, usePlatformNowMs } from "./use-clearance.ts";

/** The scene is with staff: until when they should have looked, and how many attempts are left. */
export function CheckStep({ heard }: { heard: HeardClearance }) {
  const { t } = useTranslation();
  const nowMs = usePlatformNowMs(heard);
  const { sceneChecks, sceneAttemptsLeft } = heard.clearance;
  const check = sceneChecks[0];
  const leftMs = check ? Date.parse(check.dueAt) - nowMs : 0;
  return (
    <section className="card stack" aria-labelledby="check-title" data-step-open="check">
      <h2 id="check-title">{t("mobile.clearances.check.title")}</h2>
      <p role="status">{t("mobile.clearances.check.waiting")}</p>
      <dl className="facts">
        <dt>{t("mobile.clearances.check.left")}</dt>
        <dd>{leftMs > 0 ? duration(leftMs) : t("mobile.clearances.check.late")}</dd>
        <dt>{t("mobile.clearances.check.attemptsLeft")}</dt>
        <dd>{sceneAttemptsLeft}</dd>
      </dl>
    </section>
  );
}
