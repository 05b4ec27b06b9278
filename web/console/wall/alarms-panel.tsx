import type { Wall } from "@hanyouxu/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { shortDateTime } from "../../ui/format.ts";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { movesLittle, useRolling } from "./use-rolling.ts";
import { wallLinks } from "./wall-links.ts";
import { WallPanel } from "./wall-panel.tsx";

const SEVERITIES = ["danger", "warning", "notice"] as const;

/** Open alarms by severity, and the newest rolling by until somebody looks at them or stops them. */
export function AlarmsPanel({ wall }: { wall: Wall }) {
  const { t } = useTranslation();
  const titleOf = useAlarmTitle();
  const links = wallLinks(wall);
  const [isStopped, setStopped] = useState(false);
  const [isLookedAt, setLookedAt] = useState(false);
  const list = useRolling(!isStopped && !isLookedAt);
  const { newestAlarms, openAlarms } = wall;
  return (
    <WallPanel
      title={t("console.wall.alarms")}
      place="alarms"
      aside={
        movesLittle ? null : (
          <button type="button" aria-pressed={isStopped} onClick={() => setStopped(!isStopped)}>
            {t(isStopped ? "console.wall.roll" : "console.wall.stop")}
          </button>
        )
      }
    >
      <ul className="wall-severities">
        {SEVERITIES.map((severity) => (
          <li key={severity}>
            <Link className={`is-${severity}`} to={links.alarmsOfSeverity(severity)} data-severity={severity}>
              <span>{t(`common.alarms.severity.${severity}`)}</span>
              <b>{openAlarms?.[severity] ?? "–"}</b>
            </Link>
          </li>
        ))}
      </ul>
      {newestAlarms?.length === 0 ? <p className="wall-none">{t("console.wall.noAlarms")}</p> : null}
      {newestAlarms === null ? <p className="wall-none">{t("console.wall.notSeen")}</p> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: rolling waits while somebody points at it or is in it. */}
      <div
        className="wall-rolling"
        ref={list}
        onPointerEnter={() => setLookedAt(true)}
        onPointerLeave={() => setLookedAt(false)}
        onFocus={() => setLookedAt(true)}
        onBlur={() => setLookedAt(false)}
      >
        <ul>
          {newestAlarms?.map(({ alarmId, kind, severity, isOpen, raisedAtMs, regionName, about }) => (
            <li key={alarmId}>
              <Link
                to={`/alarms/${alarmId}`}
                className={`wall-alarm is-${severity} ${isOpen ? "" : "is-closed"}`}
              >
                <b>{titleOf(kind)}</b>
                <span className="wall-alarm-about">{[regionName, about].filter(Boolean).join(" ")}</span>
                <time>{shortDateTime(new Date(raisedAtMs).toISOString())}</time>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </WallPanel>
  );
}
