import "./enterprises.css";
import type { WorkSession } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

type Site = Pick<WorkSession, "siteOwnerName" | "siteOwnerState" | "siteOwnerReason">;

/** Whose place it was and what that firm said about it. */
export function SiteState({ work }: { work: Site }) {
  const { t } = useTranslation();
  const state = work.siteOwnerState;
  return (
    <>
      {work.siteOwnerName ? <span>{work.siteOwnerName} · </span> : null}
      <span className={`site-state is-${state}`} data-site-state={state} title={work.siteOwnerReason ?? ""}>
        {t(`common.enterprise.siteOwner.${state}`)}
      </span>
    </>
  );
}
