import { workSessionRoutes } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { duration, shortDateTime } from "../../ui/format.ts";
import { isOpen, OWN_WORK_KEY } from "../work/use-open-work.ts";
import { MoreButton } from "./more-button.tsx";
import { usePages } from "./use-pages.ts";

const TONES = { granted: "tag-go", energised: "tag-go", ended: "", "not-started": "tag-warn" } as const;

export function WorkHistory() {
  const { t } = useTranslation();
  const { pages, items } = usePages([...OWN_WORK_KEY, "pages"], (page, pageSize, signal) =>
    api.call(workSessionRoutes.listOwnWorkSessions, { query: { page, pageSize }, signal }),
  );
  return (
    <>
      {items?.length === 0 ? <p className="card">{t("mobile.history.empty")}</p> : null}
      <ul className="item-list">
        {items?.map((work) => (
          <li key={work.workSessionId}>
            <Link className="item-link" to={`${isOpen(work) ? "/work" : "/history"}/${work.workSessionId}`}>
              <span className="row">
                <strong>{work.machineName}</strong>
                <span className={`tag ${TONES[work.status]}`}>
                  {t(`common.sessionStatus.${work.status}`)}
                </span>
              </span>
              <span className="soft">{work.enterpriseName}</span>
              <span className="row soft">
                <time dateTime={work.grantedAt}>{shortDateTime(work.grantedAt)}</time>
                <span>
                  {t("mobile.work.arcTime")} {duration(work.arcMs)}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </>
  );
}
