import type { Language, Wall } from "@hanyouxu/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { switchLanguage } from "../../i18n/start.ts";
import { dateTime, timeOfDay } from "../../ui/format.ts";
import { useNowMs } from "./use-now.ts";
import { wallAddress } from "./wall-links.ts";

/** Title, the way back up, the time, and of when the figures are. */
export function WallHead({ wall }: { wall: Wall | undefined }) {
  const { t, i18n } = useTranslation();
  const nowMs = useNowMs();
  const other: Language = i18n.language === "en" ? "zh-CN" : "en";
  const weekday = useMemo(
    () => new Intl.DateTimeFormat(i18n.language, { weekday: "long", timeZone: "Asia/Shanghai" }),
    [i18n.language],
  );
  return (
    <header className="wall-head">
      <nav aria-label={t("console.wall.path")}>
        <ol>
          {wall?.region?.path.map(({ code, name }) => (
            <li key={code}>
              <Link to={wallAddress(code)}>{name}</Link>
            </li>
          ))}
          <li aria-current="page">{wall ? (wall.region?.name ?? t("console.wall.everywhere")) : ""}</li>
        </ol>
      </nav>
      <h1>{t("console.title")}</h1>
      <div className="wall-times">
        <p>
          <time className="wall-clock">{dateTime(new Date(nowMs).toISOString())}</time>
          <span>{weekday.format(nowMs)}</span>
        </p>
        <p className="wall-of">
          <span data-testid="wall-data-time">
            {wall ? t("console.wall.dataTime", { time: timeOfDay(new Date(wall.atMs).toISOString()) }) : ""}
          </span>
          <button type="button" lang={other} onClick={() => void switchLanguage(other)}>
            {t("common.switchLanguage")}
          </button>
          <Link to="/">{t("console.wall.leave")}</Link>
        </p>
      </div>
    </header>
  );
}
