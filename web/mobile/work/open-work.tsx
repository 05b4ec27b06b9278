import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useOpenWork } from "./use-open-work.ts";

let isFirstLook = true;

/** The way back to work in progress. Opening the app while working leads there at once, once. */
export function OpenWork() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { work, isKnown } = useOpenWork();
  useEffect(() => {
    if (!isKnown) return;
    if (isFirstLook && work) navigate(`/work/${work.workSessionId}`);
    isFirstLook = false;
  }, [isKnown, work, navigate]);
  if (!work) return null;
  return (
    <Link className="item-link work-link" to={`/work/${work.workSessionId}`}>
      <span className="tag tag-go">{t("mobile.scan.working")}</span>
      <strong>{work.machineName}</strong>
      <span>{t("mobile.scan.toWork")} →</span>
    </Link>
  );
}
