import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useMe } from "../../ui/use-me.ts";
import { maySeePage } from "./may-see-page.ts";
import { sectionOf, tabOf } from "./sections.ts";

/** The tabs of the section that the page belongs to; nothing on pages that stand alone. */
export function SectionTabs() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const me = useMe().data;
  const section = sectionOf(pathname);
  if (!section) return null;
  return (
    <nav className="section-tabs" aria-label={t(`console.section.${section.key}`)}>
      {section.tabs
        .filter(({ to }) => maySeePage(me, to))
        .map(({ key, to }) => (
          <Link
            key={key}
            className="section-tab"
            to={to}
            aria-current={tabOf(pathname) === to ? "page" : undefined}
          >
            {t(`console.tab.${key}`)}
          </Link>
        ))}
    </nav>
  );
}
