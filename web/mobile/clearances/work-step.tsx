import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { duration } from "../../ui/format.ts";
import { FinishWork } from "./finish-work.tsx";
import { type HeardClearance, usePlatformNowMs } from "./use-clearance.ts";

/** Ready, working, or paused with what it waits for; and the way to say that the work is done. */
export function WorkStep({ heard }: { heard: HeardClearance }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const nowMs = usePlatformNowMs(heard);
  const { phase, machineCode, sceneValidTo, workSessionId, isReadyToStart, hasWorked } = heard.clearance;
  const leftMs = sceneValidTo ? Date.parse(sceneValidTo) - nowMs : undefined;
  if (phase !== "ready" && phase !== "working" && phase !== "paused") return null;
  return (
    <section className="card stack" aria-labelledby="work-title" data-step-open="work">
      <h2 id="work-title">{t(`mobile.clearances.work.${phase}`)}</h2>
      {phase === "paused" ? <p className="notice-warn">{t(pauseWords(heard))}</p> : null}
      {isReadyToStart && leftMs !== undefined ? (
        <p role="status">{t("mobile.clearances.work.startWithin", { left: duration(leftMs) })}</p>
      ) : null}
      {isReadyToStart && workSessionId === null && machineCode ? (
        <Button
          className="big start-button"
          block
          color="primary"
          onClick={() => navigate(`/machine/${machineCode}`)}
        >
          {t("mobile.clearances.work.start")}
        </Button>
      ) : null}
      {workSessionId ? (
        <Link className="photo-button" to={`/work/${workSessionId}`}>
          {t("mobile.scan.toWork")}
        </Link>
      ) : null}
      {hasWorked && workSessionId === null ? <FinishWork clearance={heard.clearance} /> : null}
      {workSessionId ? <p className="soft">{t("mobile.clearances.work.stopFirst")}</p> : null}
    </section>
  );
}

/** The first thing that keeps the work from going on. */
function pauseWords({ clearance }: HeardClearance) {
  const { watch, permit, steps } = clearance;
  const isDone = (wanted: string) => steps.some(({ step, status }) => step === wanted && status === "done");
  if (permit?.status === "suspended") return "mobile.clearances.work.pausedBy.suspended" as const;
  if (!isDone("permit")) return "mobile.clearances.work.pausedBy.permit" as const;
  if (!isDone("check")) return "mobile.clearances.work.pausedBy.scene" as const;
  if (watch?.status === "warned") return "mobile.clearances.work.pausedBy.warned" as const;
  return "mobile.clearances.work.pausedBy.absent" as const;
}
