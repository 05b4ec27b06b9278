import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { failureText } from "../../ui/api.ts";
import { duration } from "../../ui/format.ts";
import { SmoulderStep } from "../clearances/smoulder-step.tsx";
import { StationCard } from "../clearances/station-card.tsx";
import { StepList } from "../clearances/step-list.tsx";
import { type HeardClearance, usePlatformNowMs } from "../clearances/use-clearance.ts";
import { useWakeLock } from "../clearances/use-wake-lock.ts";
import { useAlarm } from "./use-alarm.ts";
import { useWatchReports } from "./use-watch-reports.ts";

/** The fire watch's screen: one word as large as it can be, what to do about it, and the phone's place reported. */
export function WatchPanel({ heard }: { heard: HeardClearance }) {
  const { t } = useTranslation();
  const nowMs = usePlatformNowMs(heard);
  const { watch, smoulder, steps, stationCalls, clearanceId } = heard.clearance;
  const isWatching = smoulder === null;
  const reports = useWatchReports(clearanceId, isWatching);
  const status = watch?.status ?? "absent";
  useAlarm(isWatching && status !== "present");
  useWakeLock(isWatching);
  const leftMs = watch?.dueAt ? Math.max(0, Date.parse(watch.dueAt) - nowMs) : undefined;
  return (
    <>
      {isWatching ? (
        <section className="card stack watch-state" data-watch={status}>
          <p className="watch-word" role="status">
            {t(`common.clearances.watch.${status}`)}
          </p>
          {status !== "present" && leftMs !== undefined ? (
            <p className="big-count" role="timer">
              {duration(leftMs)}
            </p>
          ) : null}
          <p>{t(`mobile.fireWatch.lead.${status}`)}</p>
          {reports.isLost ? (
            <p className="notice-warn" role="alert">
              {t("mobile.fireWatch.noPosition")}
            </p>
          ) : null}
          {reports.error ? (
            <p className="field-error" role="alert">
              {failureText(reports.error)}
            </p>
          ) : null}
          {status === "present" ? null : (
            <Button
              className="big start-button"
              block
              color="primary"
              loading={reports.isBusy}
              onClick={reports.reportNow}
            >
              {t("mobile.fireWatch.here")}
            </Button>
          )}
        </section>
      ) : (
        <SmoulderStep heard={heard} />
      )}
      <StationCard calls={stationCalls} />
      {isWatching ? (
        <section className="card stack">
          <h2>{t("mobile.fireWatch.handOver.title")}</h2>
          <p>{t("mobile.fireWatch.handOver.lead")}</p>
          <p className="soft">{t("mobile.fireWatch.keepOpen")}</p>
        </section>
      ) : null}
      <StepList steps={steps} />
    </>
  );
}
