import { clearanceRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { duration, timeOfDay } from "../../ui/format.ts";
import { SmoulderCheckForm } from "./smoulder-check-form.tsx";
import { type HeardClearance, useClearanceStep, usePlatformNowMs } from "./use-clearance.ts";

/** After the last arc: how long it is still watched, the next look, the looks so far, and the end. */
export function SmoulderStep({ heard }: { heard: HeardClearance }) {
  const { t } = useTranslation();
  const nowMs = usePlatformNowMs(heard);
  const { clearanceId, smoulder } = heard.clearance;
  const [ownLooks, setOwnLooks] = useState(0);
  const close = useClearanceStep(clearanceId, () =>
    api.call(clearanceRoutes.closeSmoulder, { params: { clearanceId } }),
  );
  if (!smoulder) return null;
  const leftMs = Date.parse(smoulder.endsAt) - nowMs;
  const dueMs = smoulder.nextCheckDueAt ? Date.parse(smoulder.nextCheckDueAt) - nowMs : undefined;
  const mayClose = leftMs <= 0 && dueMs === undefined;
  return (
    <section className="card stack" aria-labelledby="smoulder-title" data-step-open="smoulder">
      <h2 id="smoulder-title">{t("common.clearances.step.smoulder")}</h2>
      <p className="big-count" role="timer" data-testid="smoulder-left">
        {leftMs > 0 ? duration(leftMs) : t("mobile.clearances.smoulder.over")}
      </p>
      {dueMs === undefined ? null : (
        <p className={dueMs <= 0 ? "notice-warn" : ""} role={dueMs <= 0 ? "alert" : undefined}>
          {dueMs > 0
            ? t("mobile.clearances.smoulder.next", { left: duration(dueMs) })
            : t("mobile.clearances.smoulder.due")}
        </p>
      )}
      <ul className="item-list">
        {smoulder.checks.map(({ at, isSafe, personName, note }) => (
          <li key={at} className={isSafe ? "" : "field-error"}>
            <time dateTime={at}>{timeOfDay(at)}</time> {personName}{" "}
            {t(isSafe ? "mobile.clearances.smoulder.safe" : "mobile.clearances.smoulder.unsafe")} {note}
          </li>
        ))}
      </ul>
      {mayClose ? (
        <Button
          className="big"
          block
          color="success"
          loading={close.isPending}
          onClick={() => close.mutate()}
        >
          {t("mobile.clearances.smoulder.close")}
        </Button>
      ) : (
        // After one's own look the form begins anew: its pictures prove nothing about the next. Another's look, heard of
        // meanwhile, takes nobody's camera away.
        <SmoulderCheckForm
          key={ownLooks}
          clearanceId={clearanceId}
          onSent={() => setOwnLooks(ownLooks + 1)}
        />
      )}
      {close.isError ? (
        <p className="field-error" role="alert">
          {failureText(close.error)}
        </p>
      ) : null}
    </section>
  );
}
