import type { Language } from "@hanyouxu/api";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, NavLink, Outlet, useLocation } from "react-router";
import { switchLanguage } from "../../i18n/start.ts";
import { useLiveConnection } from "../../live/use-live.ts";
import { useMe, useSignOut } from "../../ui/use-me.ts";
import { AlarmBadge } from "../alarms/alarm-badge.tsx";
import { DangerWatch } from "../alarms/danger-watch.tsx";
import { LiveBadge } from "./live-badge.tsx";
import { maySeePage } from "./may-see-page.ts";
import { SectionTabs } from "./section-tabs.tsx";
import { SECTIONS, sectionOf } from "./sections.ts";

const PAGES = [
  { to: "/", key: "map" },
  { to: "/machines", key: "machines" },
  { to: "/statistics", key: "statistics" },
] as const;

/** Title bar, menu and the page; the live connection lives as long as somebody is signed in. */
export function ConsoleLayout() {
  const { t, i18n } = useTranslation();
  const { pathname } = useLocation();
  const link = useLiveConnection();
  const me = useMe().data;
  const signOut = useSignOut();
  const other: Language = i18n.language === "en" ? "zh-CN" : "en";
  return (
    <div className="console">
      <header className="console-head">
        <nav aria-label={t("console.menu.label")}>
          <span className="console-brand">{t("console.brand")}</span>
          {PAGES.filter(({ to }) => maySeePage(me, to)).map(({ to, key }) => (
            <NavLink key={key} to={to} end={to === "/"}>
              {t(`console.menu.${key}`)}
            </NavLink>
          ))}
          {SECTIONS.map((section) => {
            const first = section.tabs.find(({ to }) => maySeePage(me, to));
            return first ? (
              <Link
                key={section.key}
                to={first.to}
                aria-current={sectionOf(pathname) === section ? "page" : undefined}
              >
                {t(`console.section.${section.key}`)}
                {section.key === "alarms" ? <AlarmBadge /> : null}
              </Link>
            ) : null;
          })}
        </nav>
        <div className="console-person">
          <LiveBadge link={link} />
          <Button type="text" lang={other} onClick={() => void switchLanguage(other)}>
            {t("common.switchLanguage")}
          </Button>
          <span>{me?.name}</span>
          <Button onClick={() => void signOut()}>{t("console.signOut")}</Button>
        </div>
      </header>
      {me && maySeePage(me, "/alarms") ? <DangerWatch key={me.personId} personId={me.personId} /> : null}
      <SectionTabs />
      <Outlet />
    </div>
  );
}
