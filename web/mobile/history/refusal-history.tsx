import { workSessionRoutes } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { ReasonList } from "../../ui/reason-list.tsx";
import { MoreButton } from "./more-button.tsx";
import { usePages } from "./use-pages.ts";

export function RefusalHistory() {
  const { t } = useTranslation();
  const { pages, items } = usePages(["own-decisions"], (page, pageSize, signal) =>
    api.call(workSessionRoutes.listOwnDecisions, { query: { page, pageSize }, signal }),
  );
  return (
    <>
      {items?.length === 0 ? <p className="card">{t("mobile.history.emptyRefusals")}</p> : null}
      <ul className="item-list">
        {items?.map((decision) => (
          <li key={decision.decisionId} className="card stack">
            <div className="row">
              <h2 className="refusal-machine">{decision.machineName}</h2>
              <time className="soft" dateTime={decision.decidedAt}>
                {shortDateTime(decision.decidedAt)}
              </time>
            </div>
            <ReasonList reasons={decision.reasons} />
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </>
  );
}
