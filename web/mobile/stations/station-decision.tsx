import { stationCallRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { EvidenceField } from "../clearances/evidence-field.tsx";
import { Choice } from "../machine/choice.tsx";
import { useStationStep } from "./use-station-call.ts";

const LONGEST_REASON = 300;
const DECISIONS = ["release", "forbid"] as const;
type Decision = (typeof DECISIONS)[number];

/** At the place: pictures, what was found, and whether the work may go on. */
export function StationDecision({ stationCallId }: { stationCallId: string }) {
  const { t } = useTranslation();
  const [evidenceIds, setEvidenceIds] = useState<readonly string[]>([]);
  const [decision, setDecision] = useState<Decision>();
  const [reason, setReason] = useState("");
  const decide = useStationStep<Decision>(stationCallId, (chosen) =>
    api.call(stationCallRoutes.decideStationCall, {
      params: { stationCallId },
      body: { decision: chosen, reason, evidenceIds: [...evidenceIds] },
    }),
  );
  const fields = fieldFailures(decide.error);
  return (
    <section className="card stack" aria-labelledby="decision-title">
      <h2 id="decision-title">{t("mobile.stations.decision.title")}</h2>
      <EvidenceField
        purpose="station"
        subjectId={stationCallId}
        kinds={["photo", "video"]}
        onEvidence={setEvidenceIds}
      />
      <TextField
        label={t("mobile.stations.decision.reason")}
        value={reason}
        onChange={setReason}
        error={fields.reason}
        maxLength={LONGEST_REASON}
      />
      <fieldset className="choice-list">
        <legend>{t("mobile.stations.decision.which")}</legend>
        {DECISIONS.map((one) => (
          <Choice
            key={one}
            name="decision"
            words={t(`mobile.stations.decision.${one}`)}
            more={t(`mobile.stations.decision.${one}Lead`)}
            isChosen={decision === one}
            onChoose={() => setDecision(one)}
          />
        ))}
      </fieldset>
      {decide.isError && !fields.reason ? (
        <p className="field-error" role="alert">
          {fields.evidenceIds ?? failureText(decide.error)}
        </p>
      ) : null}
      <Button
        className="big"
        block
        color={decision === "forbid" ? "danger" : "primary"}
        disabled={decision === undefined || evidenceIds.length === 0}
        loading={decide.isPending}
        onClick={() => decision && decide.mutate(decision)}
      >
        {t("mobile.stations.decision.send")}
      </Button>
    </section>
  );
}
