import { type ShownStationCall, stationCallRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { phonePosition } from "../scan/position.ts";
import { StationDecision } from "./station-decision.tsx";
import { useStationStep } from "./use-station-call.ts";

/** Accept, arrive, decide: the one button that comes next. */
export function StationCallSteps({ call }: { call: ShownStationCall }) {
  const { t } = useTranslation();
  const { stationCallId, status, reason } = call;
  const accept = useStationStep(stationCallId, () =>
    api.call(stationCallRoutes.acceptStationCall, { params: { stationCallId } }),
  );
  const arrive = useStationStep(stationCallId, async () =>
    api.call(stationCallRoutes.arriveAtStationCall, {
      params: { stationCallId },
      body: { position: await phonePosition() },
    }),
  );
  const failure = accept.error ?? arrive.error;
  const next = { alerted: accept, accepted: arrive }[status as "alerted" | "accepted"];
  return (
    <>
      {failure ? (
        <p className="field-error" role="alert">
          {failureText(failure)}
        </p>
      ) : null}
      {next ? (
        <div className="stack thumb-zone">
          {status === "accepted" ? <p className="soft">{t("mobile.stations.arriveLead")}</p> : null}
          <Button
            className="big start-button"
            block
            color="primary"
            loading={next.isPending}
            onClick={() => next.mutate()}
          >
            {t(status === "alerted" ? "mobile.stations.accept" : "mobile.stations.arrive")}
          </Button>
        </div>
      ) : null}
      {status === "on-site" ? <StationDecision stationCallId={stationCallId} /> : null}
      {reason ? <p className="card">{t("mobile.clearances.station.reason", { reason })}</p> : null}
    </>
  );
}
