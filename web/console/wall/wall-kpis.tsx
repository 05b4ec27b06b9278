import type { Wall } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { FlipNumber } from "./flip-number.tsx";
import { wallLinks } from "./wall-links.ts";

/** The figures of this moment and of today, each leading to its rows. */
export function WallKpis({ wall }: { wall: Wall }) {
  const { t } = useTranslation();
  const links = wallLinks(wall);
  const open = wall.openAlarms;
  const cards = [
    { key: "enterprises", work: wall.enterprises, to: links.enterprisesAtWork, allTo: links.enterprises },
    { key: "machines", work: wall.machines, to: links.machinesAtWork, allTo: links.machines },
    { key: "welders", work: wall.welders, to: links.weldersAtWork, allTo: links.welders },
  ] as const;
  const counts = [
    { key: "sessionsToday", value: wall.sessionsToday, to: links.sessionsToday, tone: "" },
    { key: "refusedToday", value: wall.refusedToday, to: links.refusedToday, tone: "is-warn" },
    { key: "uncertifiedToday", value: wall.uncertifiedToday, to: links.uncertifiedToday, tone: "is-warn" },
    {
      key: "openAlarms",
      value: open && open.danger + open.warning + open.notice,
      to: links.openAlarms,
      tone: "is-bad",
    },
  ] as const;
  return (
    <ul className="wall-kpis" aria-label={t("console.wall.kpis")}>
      {cards.map(({ key, work, to, allTo }) => (
        <li key={key} className="wall-kpi" data-kpi={key}>
          <Link className="wall-kpi-value" to={to}>
            <FlipNumber value={work?.atWork ?? null} />
            <span className="wall-kpi-name">{t(`console.wall.kpi.${key}`)}</span>
          </Link>
          <Link className="wall-kpi-all" to={allTo}>
            {t("console.wall.ofAll", {
              count: work?.all ?? 0,
              number: work?.all.toLocaleString("en-US") ?? "–",
            })}
          </Link>
        </li>
      ))}
      {counts.map(({ key, value, to, tone }) => (
        <li key={key} className={`wall-kpi ${tone}`} data-kpi={key}>
          <Link className="wall-kpi-value" to={to}>
            <FlipNumber value={value} />
            <span className="wall-kpi-name">{t(`console.wall.kpi.${key}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
