import { hotWorkGrades, permitQuestionsOf } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTimeInput, instantOfInput } from "../../ui/format.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { PermitDraft, StepProps } from "./permit-draft.ts";

const METHODS = ["SMAW", "GMAW", "GTAW", "SAW", "PAW", "PAC", "OFW", "OFC", "RW", "BRAZING"] as const;

/** What is done, how, with which machine and when. */
export function WorkStep({ permit, draft, change }: StepProps) {
  const { t } = useTranslation();
  const when = (name: "plannedFrom" | "plannedTo") => (
    <TextField
      label={t(`mobile.permits.${name}`)}
      type="datetime-local"
      value={draft[name] ? dateTimeInput(draft[name]) : ""}
      onChange={(text) => change({ [name]: instantOfInput(text) })}
    />
  );
  return (
    <section className="stack">
      <TextField
        label={t("mobile.permits.workDescription")}
        value={draft.workDescription ?? ""}
        maxLength={500}
        onChange={(workDescription) => change({ workDescription })}
      />
      <SelectField
        label={t("mobile.permits.method")}
        value={draft.method ?? ""}
        empty={t("mobile.permits.choose")}
        options={METHODS.map((value) => ({ value, word: t(`common.process.${value}`) }))}
        onChange={(method) =>
          change({ method: (method || null) as NonNullable<PermitDraft["method"]> | null })
        }
      />
      <TextField
        label={t("mobile.permits.machine")}
        value={draft.machineCode ?? ""}
        maxLength={60}
        placeholder="XXXX-XXXX-XXXX-XXXX"
        onChange={(machineCode) => change({ machineCode: machineCode || null })}
      />
      {permitQuestionsOf(permit.regime).asksGrade ? (
        <SelectField
          label={t("mobile.permits.grade")}
          value={draft.grade ?? ""}
          empty={t("mobile.permits.choose")}
          options={hotWorkGrades.map((value) => ({ value, word: t(`common.permit.grade.${value}`) }))}
          onChange={(grade) => change({ grade: (grade || null) as NonNullable<PermitDraft["grade"]> | null })}
        />
      ) : null}
      {when("plannedFrom")}
      {when("plannedTo")}
    </section>
  );
}
