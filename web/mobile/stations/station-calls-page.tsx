import "../clearances/clearances.css";
import { type ShownStationCall, stationCallRoutes } from "@hanyouxu/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { MoreButton } from "../history/more-button.tsx";
import { usePages } from "../history/use-pages.ts";
import { Choice } from "../machine/choice.tsx";
import { Page } from "../page.tsx";
import { STATION_CALLS_KEY } from "./use-station-call.ts";

const TONES: Record<ShownStationCall["status"], string> = {
  alerted: "tag-stop",
  accepted: "tag-warn",
  "on-site": "tag-warn",
  released: "tag-go",
  forbidden: "",
};

/** The calls of the person's regions: the open ones, the oldest first, or those that are decided. */
export function StationCallsPage() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(true);
  const { pages, items } = usePages([...STATION_CALLS_KEY, isOpen], (page, pageSize, signal) =>
    api.call(stationCallRoutes.listStationCalls, {
      query: { page, pageSize, isOpen: String(isOpen) },
      signal,
    }),
  );
  return (
    <Page title={t("mobile.stations.title")} backTo="/me">
      <fieldset className="switch">
        <legend className="visually-hidden">{t("mobile.stations.which")}</legend>
        {([true, false] as const).map((open) => (
          <Choice
            key={String(open)}
            name="which"
            words={t(open ? "mobile.stations.open" : "mobile.stations.decided")}
            isChosen={isOpen === open}
            onChoose={() => setIsOpen(open)}
          />
        ))}
      </fieldset>
      {items?.length === 0 ? <p className="card">{t("mobile.stations.none")}</p> : null}
      <ul className="item-list">
        {items?.map((call) => (
          <li key={call.stationCallId}>
            <Link className="item-link" to={`/station-calls/${call.stationCallId}`} data-call={call.status}>
              <span className="row">
                <strong>{call.keyAreaName}</strong>
                <span className={`tag ${TONES[call.status]}`}>
                  {t(`common.clearances.call.${call.status}`)}
                </span>
              </span>
              <span>{t(`mobile.stations.cause.${call.cause}`)}</span>
              <span className="row soft">
                <span>{call.regionName}</span>
                <time dateTime={call.calledAt}>{shortDateTime(call.calledAt)}</time>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </Page>
  );
}
