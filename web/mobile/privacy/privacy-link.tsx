import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useOwnConsents } from "./use-own-consents.ts";

/** The way to one's data; says so when a text waits to be read, first or anew. */
export function PrivacyLink() {
  const { t } = useTranslation();
  const isWaiting = useOwnConsents().data?.some(({ givenAt }) => givenAt === null) ?? false;
  return (
    <Link className="item-link" to="/privacy">
      <strong>{t("mobile.sharing.title")}</strong>
      {isWaiting ? <span className="notice-warn">{t("mobile.sharing.waiting")}</span> : null}
    </Link>
  );
}
