import { workSessionRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { duration, measured } from "../../ui/format.ts";
import { useTick } from "../../ui/use-tick.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { arcUntil, type HeardProgress } from "./heard-progress.ts";
import { ProgressSteps } from "./progress-steps.tsx";

/** While the machine is granted or powered: the figures a welder glances at, and the way to stop. */
export function OpenWorkPanel({ heard, isLost }: { heard: HeardProgress; isLost: boolean }) {
  const { t } = useTranslation();
  const { progress } = heard;
  const isPowered = progress.status === "energised";
  const tickMs = Math.max(heard.heardAtMs, useTick(true));
  const nowMs = Date.parse(progress.now) + tickMs - heard.heardAtMs;
  const leftMs = Date.parse(progress.expiresAt) - nowMs;
  const stop = useMutation({
    mutationFn: () => api.call(workSessionRoutes.stop, { params: { workSessionId: progress.workSessionId } }),
  });
  const [isAsking, setIsAsking] = useState(false);
  const isStopping = progress.stopRequestedAt !== null || stop.isSuccess;

  return (
    <>
      <section className={`card work-head ${isPowered ? "is-powered" : ""}`} data-status={progress.status}>
        <ProgressSteps reached={isPowered ? "energised" : "granted"} />
        <h2 className="machine-name">{progress.machineName}</h2>
        <p>{progress.enterpriseName}</p>
        <p className="work-say" role="status">
          {isPowered
            ? progress.isArcing
              ? t("mobile.work.arcing")
              : t("mobile.work.powered")
            : t("mobile.work.waiting")}
        </p>
      </section>
      {isLost ? (
        <p className="notice-warn" role="status">
          {t("mobile.work.lost")}
        </p>
      ) : null}
      {isPowered && !progress.isMachineOnline ? (
        <p className="notice-warn">{t("mobile.work.machineOffline")}</p>
      ) : null}
      <dl className="gauges">
        <Gauge
          label={t("mobile.work.elapsed")}
          value={progress.energisedAt ? duration(nowMs - Date.parse(progress.energisedAt)) : "–"}
        />
        <Gauge
          label={t("mobile.work.arcTime")}
          value={`≈ ${duration(isLost ? heard.arcMs : arcUntil(heard, tickMs))}`}
        />
        <Gauge label={t("mobile.work.current")} value={measured(progress.currentAmps, "A")} />
        <Gauge label={t("mobile.work.voltage")} value={measured(progress.voltageVolts, "V", 1)} />
        <Gauge
          label={t("mobile.work.remaining")}
          value={leftMs > 0 ? duration(leftMs) : t("mobile.work.expired")}
          isLow={leftMs < 5 * 60_000}
        />
      </dl>
      <Link className="item-link" to={`/work/${progress.workSessionId}/pictures`}>
        {t("mobile.capture.workLink")} →
      </Link>
      {stop.isError ? (
        <p className="field-error" role="alert">
          {failureText(stop.error)}
        </p>
      ) : null}
      {isStopping ? (
        <p className="notice-warn" role="status">
          {t("mobile.work.stopping")}
        </p>
      ) : null}
      <div className="thumb-zone">
        <Button
          className="big stop-button"
          block
          color="danger"
          loading={stop.isPending}
          disabled={isStopping}
          onClick={() => setIsAsking(true)}
        >
          {t("mobile.work.stop")}
        </Button>
      </div>
      {isAsking ? (
        <ConfirmDialog
          title={t("mobile.work.stopAsk")}
          body={t("mobile.work.stopBody")}
          action={t("mobile.work.stop")}
          onSure={() => stop.mutate()}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </>
  );
}

function Gauge({ label, value, isLow = false }: { label: string; value: string; isLow?: boolean }) {
  return (
    <div className={`gauge ${isLow ? "is-low" : ""}`}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
