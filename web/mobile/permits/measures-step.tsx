import { hotWorkPermitRoutes, measuresOf, type PermitMeasure, type PermitMeasureId } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/text-field.tsx";
import { useWord } from "../../ui/use-word.ts";
import { PhotoButton } from "../photo-button.tsx";
import { StepFailure } from "../step-failure.tsx";
import type { StepProps } from "./permit-draft.ts";
import { usePermitStep } from "./use-permit.ts";
import { YesNo } from "./yes-no.tsx";

/** Each measure of the list: done, or nothing of the kind; some are proved by a picture. */
export function MeasuresStep({ permit, draft, change }: StepProps) {
  const { t } = useTranslation();
  const { form } = draft;
  const set = (part: Partial<typeof form>) => change({ form: { ...form, ...part } });
  return (
    <section className="stack">
      <p>{t("mobile.permits.measuresLead")}</p>
      {measuresOf(permit.regime).map((measure) => (
        <Measure
          key={measure.id}
          measure={measure}
          permitId={permit.permitId}
          state={form.measures?.[measure.id]}
          photoCount={permit.photos.filter((photo) => photo.measure === measure.id).length}
          onChange={(state) => set({ measures: { ...form.measures, [measure.id]: state } })}
        />
      ))}
      <TextField
        label={t("mobile.permits.otherMeasures")}
        value={form.otherMeasures ?? ""}
        maxLength={500}
        onChange={(otherMeasures) => set({ otherMeasures })}
      />
      <TextField
        label={t("mobile.permits.risks")}
        value={form.risks ?? ""}
        maxLength={1000}
        onChange={(risks) => set({ risks })}
      />
      <TextField
        label={t("mobile.permits.relatedPermits")}
        value={form.relatedPermits ?? ""}
        maxLength={200}
        onChange={(relatedPermits) => set({ relatedPermits })}
      />
    </section>
  );
}

interface MeasureProps {
  measure: PermitMeasure;
  permitId: string;
  state: "done" | "not-involved" | undefined;
  photoCount: number;
  onChange: (state: "done" | "not-involved") => void;
}

function Measure({ measure, permitId, state, photoCount, onChange }: MeasureProps) {
  const { t } = useTranslation();
  const word = useWord();
  const { id, title, isAlwaysInvolved, needsPhoto } = measure;
  const add = usePermitStep(
    hotWorkPermitRoutes.addPermitPhoto,
    (body: { measure: PermitMeasureId; picture: string }) => ({ params: { permitId }, body }),
  );
  return (
    <div className="card stack" data-measure={id}>
      {isAlwaysInvolved ? (
        <label className="permit-check">
          <input type="checkbox" checked={state === "done"} onChange={() => onChange("done")} />
          <span>{word(title)}</span>
        </label>
      ) : (
        <YesNo
          legend={word(title)}
          value={state === undefined ? null : state === "done"}
          onChange={(isDone) => onChange(isDone ? "done" : "not-involved")}
          yes={t("mobile.permits.done")}
          no={t("mobile.permits.notInvolved")}
        />
      )}
      {state === "done" ? (
        <>
          <p className="soft">
            {needsPhoto && photoCount === 0
              ? t("mobile.permits.photoNeeded")
              : t("mobile.permits.photos", { count: photoCount })}
          </p>
          <PhotoButton
            words={t("mobile.permits.photoTake")}
            isBusy={add.isPending}
            onPicture={(picture) => add.mutate({ measure: id, picture })}
          />
          <StepFailure error={add.error} />
        </>
      ) : null}
    </div>
  );
}
