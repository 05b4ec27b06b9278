import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";
import { useOnline } from "../ui/use-online.ts";
import { HistoryIcon, PersonIcon, ScanIcon } from "./icons.tsx";

/** The pages a thumb switches between; every other page has a way back instead. */
const TABS = [
  { to: "/", key: "scan", Icon: ScanIcon },
  { to: "/history", key: "history", Icon: HistoryIcon },
  { to: "/me", key: "me", Icon: PersonIcon },
] as const;

export function AppShell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const online = useOnline();
  return (
    <div className="shell">
      {online ? null : (
        <p className="banner" role="status">
          {t("mobile.offline")}
        </p>
      )}
      <Outlet />
      {TABS.some(({ to }) => to === pathname) ? (
        <nav className="tabs" aria-label={t("mobile.tabs.label")}>
          <ul>
            {TABS.map(({ to, key, Icon }) => (
              <li key={key}>
                <NavLink to={to} end>
                  <Icon />
                  {t(`mobile.tabs.${key}`)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
    </div>
  );
}
