import {
  distanceNames,
  type PermitForm,
  permitQuestionsOf,
  placeQuestions,
  smoulderMaterials,
} from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/text-field.tsx";
import { useWord } from "../../ui/use-word.ts";
import type { PermitDraft, StepProps } from "./permit-draft.ts";
import { YesNo } from "./yes-no.tsx";

/** What the place is and what is near: the questions that the rules of the place ask, and no others. */
export function SiteStep({ permit, draft, change }: StepProps) {
  const { t } = useTranslation();
  const word = useWord();
  const { form } = draft;
  const asked = permitQuestionsOf(permit.regime);
  const set = (part: Partial<PermitDraft["form"]>) => change({ form: { ...form, ...part } });
  const distances = [...asked.distances, ...(form.usesGasCylinders ? asked.cylinderDistances : [])];
  return (
    <section className="stack">
      {asked.place.map((key) =>
        key === "openingHours" ? (
          permit.keyAreaId === null ? (
            <YesNo
              key={key}
              legend={word(placeQuestions[key])}
              value={form.place.openingHours ? form.place.openingHours === "open" : null}
              onChange={(isOpen) =>
                set({ place: { ...form.place, openingHours: isOpen ? "open" : "closed" } })
              }
            />
          ) : null
        ) : (
          <YesNo
            key={key}
            legend={word(placeQuestions[key])}
            value={form.place[key] ?? null}
            onChange={(value) => set({ place: { ...form.place, [key]: value } })}
          />
        ),
      )}
      <YesNo
        legend={t("mobile.permits.usesGasCylinders")}
        value={form.usesGasCylinders ?? null}
        onChange={(usesGasCylinders) => set({ usesGasCylinders })}
      />
      <h3>{t("mobile.permits.distances")}</h3>
      {distances.map((key) => (
        <Distance
          key={key}
          label={word(distanceNames[key])}
          value={form.distances[key] ?? null}
          onChange={(value) => set({ distances: { ...form.distances, [key]: value } })}
        />
      ))}
      {asked.asksWind && form.place.isOutdoors ? (
        <>
          <TextField
            label={t("mobile.permits.wind")}
            inputMode="numeric"
            value={form.windForceBeaufort?.toString() ?? ""}
            onChange={(text) => set({ windForceBeaufort: numberIn(text) })}
          />
          {(form.windForceBeaufort ?? 0) >= 5 ? (
            <YesNo
              legend={t("mobile.permits.windUnavoidable")}
              value={form.isUnavoidableInWind ?? null}
              onChange={(isUnavoidableInWind) => set({ isUnavoidableInWind })}
            />
          ) : null}
        </>
      ) : null}
      <Materials value={form.materials ?? null} onChange={(materials) => set({ materials })} />
    </section>
  );
}

type Nearest = number | "none" | null;

function Distance({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Nearest;
  onChange: (value: Nearest) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="permit-distance">
      <TextField
        label={t("mobile.permits.metresTo", { what: label })}
        inputMode="decimal"
        disabled={value === "none"}
        value={typeof value === "number" ? String(value) : ""}
        onChange={(text) => onChange(numberIn(text))}
      />
      <label className="permit-check">
        <input
          type="checkbox"
          checked={value === "none"}
          onChange={(event) => onChange(event.target.checked ? "none" : null)}
        />
        <span>{t("mobile.permits.noneNear")}</span>
        <span className="visually-hidden">{label}</span>
      </label>
    </div>
  );
}

type Material = NonNullable<PermitForm["materials"]>[number];

function Materials({ value, onChange }: { value: Material[] | null; onChange: (value: Material[]) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="stack permit-group">
      <legend>{t("mobile.permits.materials")}</legend>
      {smoulderMaterials.map((material) => (
        <label key={material} className="permit-check">
          <input
            type="checkbox"
            checked={value?.includes(material) ?? false}
            onChange={(event) => {
              const others = (value ?? []).filter((one) => one !== material);
              onChange(event.target.checked ? [...others, material] : others);
            }}
          />
          <span>{t(`common.permit.material.${material}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function numberIn(text: string): number | null {
  const value = Number(text.replace("，", "."));
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
}
