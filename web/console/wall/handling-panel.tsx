import type { Wall } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { wallLinks } from "./wall-links.ts";
import { WallPanel } from "./wall-panel.tsx";

/** Work in key areas, how fast alarms are handled, and what most open ones are about. */
export function HandlingPanel({ wall }: { wall: Wall }) {
  const { t } = useTranslation();
  const titleOf = useAlarmTitle();
  const links = wallLinks(wall);
  const { handling, keyAreas, alarmKinds } = wall;
  const minutes = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : t("console.wall.minutes", { number: value.toFixed(0) });
  const closedTo = handling ? links.closedAlarms(handling.from) : links.openAlarms;
  const figures = [
    { key: "machinesInside", text: keyAreas?.machinesInside ?? "–", to: links.machinesInside },
    { key: "clearancesOpen", text: keyAreas?.clearancesOpen ?? "–", to: links.clearancesOpen },
    { key: "closed", text: handling?.closed ?? "–", to: closedTo },
    { key: "median", text: minutes(handling?.medianMinutes), to: closedTo },
    { key: "p90", text: minutes(handling?.p90Minutes), to: closedTo },
  ] as const;
  const most = Math.max(1, ...(alarmKinds ?? []).map(({ open }) => open));
  return (
    <WallPanel title={t("console.wall.handling")} place="handling">
      <dl className="wall-figures">
        {figures.map(({ key, text, to }) => (
          <div key={key} data-figure={key}>
            <dt>{t(`console.wall.figure.${key}`)}</dt>
            <dd>
              <Link to={to}>{text}</Link>
            </dd>
          </div>
        ))}
      </dl>
      <ul className="wall-bars is-kinds">
        {alarmKinds?.slice(0, 4).map(({ kind, open }) => (
          <li key={kind}>
            <span className="wall-bar-name" title={titleOf(kind)}>
              {titleOf(kind)}
            </span>
            <span className="wall-bar is-alarm" aria-hidden="true">
              <span style={{ width: `${(open / most) * 100}%` }} />
            </span>
            <Link
              className="wall-bar-value"
              to={links.alarmsOfKind(kind)}
              aria-label={`${titleOf(kind)} ${open}`}
            >
              {open}
            </Link>
          </li>
        ))}
      </ul>
    </WallPanel>
  );
}
