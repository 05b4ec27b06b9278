import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

const PAGES = [
  { key: "certificates", to: "/rules" },
  { key: "rules", to: "/rules/all" },
  { key: "hotWork", to: "/rules/hot-work" },
  { key: "changes", to: "/rules/changes" },
  { key: "policies", to: "/rules/policies" },
  { key: "whatIf", to: "/rules/what-if" },
  { key: "replay", to: "/rules/replay" },
] as const;

/** The pages about the law, beside each other. */
export function LawNav() {
  const { t } = useTranslation();
  return (
    <nav className="law-nav" aria-label={t("console.lawPacks.nav.label")}>
      {PAGES.map(({ key, to }) => (
        <NavLink key={key} to={to} end>
          {t(`console.lawPacks.nav.${key}`)}
        </NavLink>
      ))}
    </nav>
  );
}
