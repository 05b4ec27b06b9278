import type { WorkSession } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTime, duration, measured } from "../../ui/format.ts";
import { useEndReason } from "../../ui/use-end-reason.ts";

/** The record of one work session, as the chip signed it. */
export function WorkTotals({ work }: { work: WorkSession }) {
  const { t } = useTranslation();
  const endReason = useEndReason();
  const checkpoint =
    work.checkpointVerified === null
      ? "checkpointPending"
      : work.checkpointVerified
        ? "checkpointOk"
        : "checkpointBad";
  const rows: [string, string][] = [
    [t("mobile.machine.name"), work.machineName],
    [t("mobile.machine.model"), work.model],
    [t("mobile.machine.owner"), work.enterpriseName],
    [t("mobile.enterprises.chain.contractor"), work.contractorName ?? "–"],
    [
      t("mobile.enterprises.chain.siteOwner"),
      [work.siteOwnerName, t(`common.enterprise.siteOwner.${work.siteOwnerState}`)]
        .filter(Boolean)
        .join(" · "),
    ],
    [t("mobile.history.started"), dateTime(work.energisedAt ?? work.grantedAt)],
  ];
  if (work.endedAt) rows.push([t("mobile.history.finished"), dateTime(work.endedAt)]);
  if (work.endReason) rows.push([t("mobile.work.reason"), endReason(work.endReason)]);
  if (work.retryAt) rows.push([t("mobile.work.retryAt"), dateTime(work.retryAt)]);
  if (work.energisedAt) {
    rows.push(
      [t("mobile.history.powered"), duration(work.energisedMs)],
      [t("mobile.work.arcTime"), duration(work.arcMs)],
      [t("mobile.work.arcs"), String(work.arcCount)],
      [t("mobile.work.energy"), `${work.energyKilojoules} kJ`],
      [t("mobile.work.peak"), measured(work.peakCurrentAmps, "A")],
      [t("mobile.work.checkpoint"), t(`mobile.work.${checkpoint}`)],
    );
  }
  return (
    <dl className="facts card">
      {rows.flatMap(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
    </dl>
  );
}
