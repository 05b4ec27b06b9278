import { useTranslation } from "react-i18next";
import { duration } from "../../ui/format.ts";
import { type HeardClearance, usePlatformNowMs } from "./use-clearance.ts";

/** How the fire watch stands, for the welder: unmistakable when nobody watches. */
export function WatchStatus({ heard }: { heard: HeardClearance }) {
  const { t } = useTranslation();
  const nowMs = usePlatformNowMs(heard);
  const { watch } = heard.clearance;
  if (!watch) return null;
  const leftMs = watch.dueAt ? Math.max(0, Date.parse(watch.dueAt) - nowMs) : 0;
  return (
    <section className="card stack watch-state" data-watch={watch.status} role="status">
      <div className="row">
        <h2>{t("mobile.clearances.watch.title", { name: watch.name })}</h2>
        <span className="tag">{t(`mobile.clearances.watch.${watch.status}`)}</span>
      </div>
      {watch.status === "warned" ? (
        <p>{t("mobile.clearances.watch.warnedLead", { left: duration(leftMs) })}</p>
      ) : null}
      {watch.status === "absent" ? <p>{t("mobile.clearances.watch.absentLead")}</p> : null}
    </section>
  );
}
