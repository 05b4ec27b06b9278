import { type InstallationDetail, installationRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../../ui/format.ts";
import { StepFailure } from "../step-failure.tsx";
import { useStep } from "./use-installation.ts";

/** What to look at first, by why it failed. Everything else has one hint for all. */
const FAILURES = [
  "no-answer",
  "no-opening",
  "tamper",
  "gas",
  "gas-warming-up",
  "gas-uninspected",
  "outside-fence",
  "locked",
  "faulted",
  "busy",
  "clock-unknown",
  "power-lost",
] as const;

/** The live test: the real relay closes for some seconds and opens by itself, as its chip reports. */
export function RelayTestStep({ installation }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const { installationId, lastTest, enrolment } = installation;
  const test = useStep(installationId, installationRoutes.testRelay, (_: undefined) => ({
    params: { installationId },
  }));
  const isRunning = lastTest?.status === "sent" || lastTest?.status === "closed";
  const failure = FAILURES.find((one) => one === lastTest?.failure) ?? "other";
  return (
    <section className="stack" data-test={lastTest?.status ?? "none"}>
      <p className="notice-warn">{t("mobile.retrofit.testLead")}</p>
      {lastTest ? (
        <ul className="fit-marks">
          <li className="is-done" data-mark="sent">
            <span aria-hidden="true">✓</span>
            {t("mobile.retrofit.testSent", { at: timeOfDay(lastTest.sentAt) })}
          </li>
          {lastTest.closedAt ? (
            <li className="is-done" data-mark="closed">
              <span aria-hidden="true">✓</span>
              {t("mobile.retrofit.testClosed", { at: timeOfDay(lastTest.closedAt) })}
            </li>
          ) : null}
          {lastTest.openedAt ? (
            <li className="is-done" data-mark="opened">
              <span aria-hidden="true">✓</span>
              {t("mobile.retrofit.testOpened", { at: timeOfDay(lastTest.openedAt) })}
            </li>
          ) : null}
        </ul>
      ) : null}
      {lastTest?.status === "failed" ? (
        <div className="card stack refusal" role="alert">
          <h3>{t("mobile.retrofit.testFailed")}</h3>
          <p className="reason-fix">{t(`mobile.retrofit.failure.${failure}`)}</p>
        </div>
      ) : null}
      {enrolment.isOnline ? null : <p className="notice-warn">{t("mobile.retrofit.chipOffline")}</p>}
      <StepFailure error={test.error} />
      <Button
        className="big start-button"
        block
        color="primary"
        loading={isRunning || test.isPending}
        loadingText={t("mobile.retrofit.testRunning")}
        disabled={!enrolment.isOnline}
        onClick={() => test.mutate(undefined)}
      >
        {t(lastTest ? "mobile.retrofit.testAgain" : "mobile.retrofit.testStart")}
      </Button>
    </section>
  );
}
