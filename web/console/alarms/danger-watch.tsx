import { ALARMS_KEY, useToldAlarms } from "../../live/use-live.ts";
import "./alarms.css";
import { type AlarmSummary, alarmRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { beep } from "../../ui/beep.ts";
import { timeOfDay } from "../../ui/format.ts";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { useAlarmMute } from "./alarm-mute.ts";
import { FreshDangers } from "./fresh-dangers.ts";
import { FOLLOW_MS } from "./platform-now.ts";
import { withTold } from "./with-told.ts";

const OPEN_DANGERS = {
  severity: "danger",
  handling: "unacknowledged",
  isOpen: "true",
  pageSize: 50,
} as const;
/** Two tones, up and up: unlike every other sound of an office. */
const TONES = [
  [880, 0],
  [1_174, 0.45],
  [880, 0.9],
  [1_174, 1.35],
] as const;

/** Stands over every page of a desk: a new danger sounds, and stays in sight until somebody has seen to it. */
export function DangerWatch({ personId }: { personId: string }) {
  const { t } = useTranslation();
  const title = useAlarmTitle();
  const [isMuted] = useAlarmMute(personId);
  const [finder] = useState(() => new FreshDangers());
  const [called, setCalled] = useState<readonly AlarmSummary[]>([]);
  const dangers = useQuery({
    queryKey: [ALARMS_KEY, "dangers"],
    queryFn: ({ signal }) => api.call(alarmRoutes.listAlarms, { query: OPEN_DANGERS, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const told = useToldAlarms();
  const open = useMemo(
    () => dangers.data && withTold(dangers.data, told, OPEN_DANGERS).items,
    [dangers.data, told],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new danger sounds, not the end of a mute.
  useEffect(() => {
    if (!open) return;
    const fresh = finder.look(open);
    const still = new Set(open.map(({ alarmId }) => alarmId));
    setCalled((before) => [
      ...fresh,
      ...before.filter(
        ({ alarmId }) => still.has(alarmId) && !fresh.some((again) => again.alarmId === alarmId),
      ),
    ]);
    if (fresh.length === 0 || isMuted) return;
    for (const [hertz, afterSeconds] of TONES) beep(hertz, afterSeconds);
  }, [open, finder]);
  const [newest] = called;
  return (
    <div role="alert" data-watching={open !== undefined}>
      {newest ? (
        <p className="danger-strip" key={`${newest.alarmId} ${newest.raisedCount}`}>
          <strong>
            {t("console.alarms.newDanger", { title: title(newest.kind) })}
            {called.length > 1 ? ` ${t("console.alarms.moreDangers", { count: called.length - 1 })}` : null}
          </strong>
          <span>
            {[newest.keyAreaName, newest.machineName, newest.regionName].filter(Boolean).join(" · ")} ·{" "}
            {timeOfDay(newest.lastRaisedAt)}
          </span>
          <Link to={`/alarms/${newest.alarmId}`}>{t("console.alarms.open")}</Link>
          <Button size="small" onClick={() => setCalled([])}>
            {t("console.alarms.hide")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
