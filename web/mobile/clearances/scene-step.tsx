import { type ClearanceDetail, clearanceRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { EvidenceField } from "./evidence-field.tsx";
import { FailedCheck } from "./failed-check.tsx";
import { noteHandedIn } from "./handed-in.ts";
import { useClearanceStep } from "./use-clearance.ts";

const LONGEST_NOTE = 200;

/** Shows the scene: what was wrong last time, a view all around and pictures, and the way to send them in. */
export function SceneStep({ clearance }: { clearance: ClearanceDetail }) {
  const { t } = useTranslation();
  const { clearanceId, sceneChecks, sceneAttemptsLeft } = clearance;
  const [evidenceIds, setEvidenceIds] = useState<readonly string[]>([]);
  const [note, setNote] = useState("");
  const submit = useClearanceStep(clearanceId, async () => {
    const answer = await api.call(clearanceRoutes.submitScene, {
      params: { clearanceId },
      body: { evidenceIds: [...evidenceIds], note },
    });
    noteHandedIn(evidenceIds);
    return answer;
  });
  const fields = fieldFailures(submit.error);
  const last = sceneChecks[0];
  return (
    <section className="card stack" aria-labelledby="scene-title" data-step-open="scene">
      <h2 id="scene-title">{t("common.clearances.step.scene")}</h2>
      {last?.status === "fail" ? <FailedCheck check={last} /> : null}
      {last?.status === "pass" ? <p className="notice-warn">{t("mobile.clearances.scene.tooOld")}</p> : null}
      <p>{t("mobile.clearances.scene.lead")}</p>
      <p className={sceneAttemptsLeft === 1 ? "notice-warn" : "soft"}>
        {t("mobile.clearances.scene.attemptsLeft", { left: sceneAttemptsLeft })}
      </p>
      <EvidenceField
        purpose="scene"
        subjectId={clearanceId}
        kinds={["video", "photo"]}
        wantsCircle
        onEvidence={setEvidenceIds}
      />
      <TextField
        label={t("mobile.clearances.scene.note")}
        value={note}
        onChange={setNote}
        error={fields.note}
        maxLength={LONGEST_NOTE}
      />
      {submit.isError && !fields.note ? (
        <p className="field-error" role="alert">
          {fields.evidenceIds ?? failureText(submit.error)}
        </p>
      ) : null}
      <Button
        className="big"
        block
        color="primary"
        disabled={evidenceIds.length === 0}
        loading={submit.isPending}
        onClick={() => submit.mutate()}
      >
        {t("mobile.clearances.scene.submit", { count: evidenceIds.length })}
      </Button>
    </section>
  );
}
