import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useOwnConsents } from "./use-own-consents.ts";

/** Asks again, where the app opens, whoever agreed to an older version of a text; it stops nobody from working. */
export function SupersededConsent() {
  const { t } = useTranslation();
  const isAsked = useOwnConsents().data?.some(
    ({ givenAt, earlierVersion }) => givenAt === null && earlierVersion !== null,
  );
  if (!isAsked) return null;
  return (
    <Link className="notice-warn" to="/privacy">
      {t("mobile.sharing.superseded")}
    </Link>
  );
}
