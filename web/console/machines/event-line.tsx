import type { TimelineEntry } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { duration } from "../../ui/format.ts";
import { useEndReason } from "../../ui/use-end-reason.ts";

type ChipEvent = Extract<TimelineEntry, { type: "event" }>["event"];

const BAD = new Set([
  "bypass-suspected",
  "energy-unaccounted",
  "gas-cut",
  "gas-warning",
  "fence-left",
  "refused",
  "peripheral-lost",
  "clock-stepped",
]);
const GOOD = new Set(["energised", "granted"]);

export function eventTone({ kind, data, chainIntact }: ChipEvent): "bad" | "good" | "plain" {
  if (!chainIntact || BAD.has(kind)) return "bad";
  if (kind === "gas-sensor") return data.raised ? "bad" : "plain";
  if (kind === "tamper") return data.raised ? "bad" : "plain";
  if (kind === "faulted") return data.faulted ? "bad" : "plain";
  return GOOD.has(kind) ? "good" : "plain";
}

/** The word for an event; those that come and go have a word for going. */
function wordKey({ kind, data }: ChipEvent): string {
  if (kind === "tamper" && data.raised === false) return "tamperCleared";
  if (kind === "locked" && data.locked === false) return "unlocked";
  if (kind === "faulted" && data.faulted === false) return "faultCleared";
  if (kind === "gas-sensor") return `gas-sensor-${data.raised ? "raised" : "cleared"}-${data.condition}`;
  return kind;
}

/** One event of the chip in words, with the figures that matter; an event of a newer chip shows its own name. */
export function EventLine({ event }: { event: ChipEvent }) {
  const { t, i18n } = useTranslation();
  const endReason = useEndReason();
  const key = `console.event.${wordKey(event)}`;
  const { data } = event;
  const figures = [
    typeof data.reason === "string" ? endReason(data.reason) : "",
    typeof data.result === "string" ? endReason(data.result) : "",
    typeof data.arcMs === "number" ? `${t("console.session.arc")} ${duration(data.arcMs)}` : "",
    typeof data.gasLelPermille === "number" ? `${data.gasLelPermille / 10} %LEL` : "",
    typeof data.currentDeciamps === "number" ? `${data.currentDeciamps / 10} A` : "",
    typeof data.wattHours === "number" ? `${data.wattHours} Wh` : "",
    typeof data.metresOutside === "number" ? `${data.metresOutside} m` : "",
    typeof data.firmware === "string" ? data.firmware : "",
    typeof data.peripheral === "string" ? data.peripheral : "",
  ].filter(Boolean);
  return (
    <>
      <p>
        <strong>{i18n.exists(key) ? t(key as "console.event.booted") : event.kind}</strong>
        {figures.length > 0 ? ` · ${figures.join(" · ")}` : null}
      </p>
      <p className="soft small">
        {t("console.event.bootSeq", { boot: event.boot, seq: event.seq })}
        {event.chainIntact ? null : <span className="is-bad"> · {t("console.event.chainBroken")}</span>}
      </p>
    </>
  );
}
