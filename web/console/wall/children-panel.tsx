import type { Wall } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { wallAddress, wallLinks } from "./wall-links.ts";
import { WallPanel } from "./wall-panel.tsx";

/** The regions below, most at work first: a name leads down, a number to its rows. */
export function ChildrenPanel({ wall }: { wall: Wall }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...wall.children.map(({ machines }) => machines.atWork));
  const children = [...wall.children].sort(
    (one, other) =>
      other.machines.atWork - one.machines.atWork ||
      other.machines.all - one.machines.all ||
      one.code.localeCompare(other.code),
  );
  return (
    <WallPanel title={t("console.wall.children")} place="children">
      {children.length === 0 ? <p className="wall-none">{t("console.wall.noChildren")}</p> : null}
      <ul className="wall-bars">
        {children.map(({ code, name, machines }) => (
          <li key={code}>
            <Link className="wall-bar-name" to={wallAddress(code)}>
              {name}
            </Link>
            <span className="wall-bar" aria-hidden="true">
              <span style={{ width: `${(machines.atWork / most) * 100}%` }} />
            </span>
            <Link
              className="wall-bar-value"
              to={wallLinks(wall, code).machinesAtWork}
              aria-label={t("console.wall.atWorkIn", { name, number: machines.atWork })}
            >
              {machines.atWork.toLocaleString("en-US")}
            </Link>
          </li>
        ))}
      </ul>
    </WallPanel>
  );
}
