import { clearanceRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { Choice } from "../machine/choice.tsx";
import { phonePosition } from "../scan/position.ts";
import { EvidenceField } from "./evidence-field.tsx";
import { noteHandedIn } from "./handed-in.ts";
import { useClearanceStep } from "./use-clearance.ts";

const LONGEST_NOTE = 200;

interface Props {
  clearanceId: string;
  onSent: () => void;
}

/** One look at the place: a picture, and whether anything glows. What glows calls the fire station. */
export function SmoulderCheckForm({ clearanceId, onSent }: Props) {
  const { t } = useTranslation();
  const [evidenceIds, setEvidenceIds] = useState<readonly string[]>([]);
  const [isSafe, setIsSafe] = useState<boolean>();
  const [note, setNote] = useState("");
  const check = useClearanceStep<boolean>(clearanceId, async (isSafeNow) => {
    const answer = await api.call(clearanceRoutes.checkSmoulder, {
      params: { clearanceId },
      body: { isSafe: isSafeNow, note, evidenceIds: [...evidenceIds], position: await phonePosition() },
    });
    noteHandedIn(evidenceIds);
    return answer;
  });
  const fields = fieldFailures(check.error);
  return (
    <div className="stack">
      <h3>{t("mobile.clearances.smoulder.check")}</h3>
      <EvidenceField
        purpose="smoulder"
        subjectId={clearanceId}
        kinds={["photo"]}
        onEvidence={setEvidenceIds}
      />
      <fieldset className="choice-list">
        <legend>{t("mobile.clearances.smoulder.found")}</legend>
        {([true, false] as const).map((answer) => (
          <Choice
            key={String(answer)}
            name="is-safe"
            words={t(
              answer ? "mobile.clearances.smoulder.safeChoice" : "mobile.clearances.smoulder.unsafeChoice",
            )}
            isChosen={isSafe === answer}
            onChoose={() => setIsSafe(answer)}
          />
        ))}
      </fieldset>
      {isSafe === false ? <p className="notice-warn">{t("mobile.clearances.smoulder.unsafeLead")}</p> : null}
      <TextField
        label={t("mobile.clearances.smoulder.note")}
        value={note}
        onChange={setNote}
        error={fields.note}
        maxLength={LONGEST_NOTE}
      />
      {check.isError && !fields.note ? (
        <p className="field-error" role="alert">
          {fields.evidenceIds ?? failureText(check.error)}
        </p>
      ) : null}
      <Button
        className="big"
        block
        color={isSafe === false ? "danger" : "primary"}
        disabled={isSafe === undefined || evidenceIds.length === 0}
        loading={check.isPending}
        onClick={() => check.mutate(isSafe === true, { onSuccess: onSent })}
      >
        {t(isSafe === false ? "mobile.clearances.smoulder.sendUnsafe" : "mobile.clearances.smoulder.send")}
      </Button>
    </div>
  );
}
