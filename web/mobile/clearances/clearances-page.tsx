import "./clearances.css";
import { type Clearance, clearanceRoutes } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { MoreButton } from "../history/more-button.tsx";
import { usePages } from "../history/use-pages.ts";
import { Page } from "../page.tsx";
import { PhaseTag } from "./phase-tag.tsx";
import { OWN_CLEARANCES_KEY } from "./use-clearance.ts";

/** Every clearance in which the person is welder or fire watch, open ones first. */
export function ClearancesPage() {
  const { t } = useTranslation();
  const { pages, items } = usePages([...OWN_CLEARANCES_KEY, "pages"], (page, pageSize, signal) =>
    api.call(clearanceRoutes.listOwnClearances, { query: { page, pageSize }, signal }),
  );
  return (
    <Page title={t("mobile.clearances.own")} backTo="/me">
      {items?.length === 0 ? <p className="card">{t("mobile.clearances.none")}</p> : null}
      <ul className="item-list">
        {items?.map((clearance) => (
          <li key={clearance.clearanceId}>
            <ClearanceLink clearance={clearance} />
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </Page>
  );
}

function ClearanceLink({ clearance }: { clearance: Clearance }) {
  return (
    <Link className="item-link" to={`/clearances/${clearance.clearanceId}`}>
      <span className="row">
        <strong>{clearance.keyAreaName}</strong>
        <PhaseTag phase={clearance.phase} />
      </span>
      <span>{clearance.machineName}</span>
      <time className="soft" dateTime={clearance.openedAt}>
        {shortDateTime(clearance.openedAt)}
      </time>
    </Link>
  );
}
