import "./movement.css";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { maySee } from "../../ui/may-see.ts";
import { useMe } from "../../ui/use-me.ts";

/** Machines or welders: two lists of one page. */
export function MovementWho() {
  const { t } = useTranslation();
  const me = useMe().data;
  return (
    <nav className="movement-who" aria-label={t("console.movement.who")}>
      <NavLink className="section-tab" to="/movement" end>
        {t("console.movement.machines")}
      </NavLink>
      {maySee(me, "people") ? (
        <NavLink className="section-tab" to="/movement/welders" end>
          {t("console.movement.welders")}
        </NavLink>
      ) : null}
    </nav>
  );
}
