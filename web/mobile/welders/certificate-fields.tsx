import type { CertificateEntryBody } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { PhotoField } from "./photo-field.tsx";
import { useCertificateWords } from "./use-certificate-words.ts";

const FAMILIES = ["emergency", "construction", "special-equipment"] as const;

/** What stands on each family's certificates; a special-equipment one prints codes. */
export const ITEMS = {
  emergency: ["fusion-welding-thermal-cutting", "pressure-welding", "brazing"],
  construction: ["building-welder"],
  "special-equipment": [],
} as const;

interface Props {
  entry: CertificateEntryBody;
  onChange: (change: Partial<CertificateEntryBody>) => void;
  fields: Record<string, string>;
  /** There is a photo of the last time. */
  keepsPhoto: boolean;
}

/** The certificate as printed, field by field; errors stand beside their field. */
export function CertificateFields({ entry, onChange, fields, keepsPhoto }: Props) {
  const { t } = useTranslation();
  const words = useCertificateWords();
  const items: readonly string[] = ITEMS[entry.family];
  return (
    <>
      <SelectField
        label={t("mobile.welders.form.family")}
        value={entry.family}
        onChange={(value) => {
          const family = value as CertificateEntryBody["family"];
          const reviewDueOn = family === "emergency" ? entry.reviewDueOn : null;
          onChange({ family, item: ITEMS[family][0] ?? "", reviewDueOn });
        }}
        options={FAMILIES.map((family) => ({ value: family, word: words("family", family) }))}
        error={fields.family}
      />
      {items.length > 0 ? (
        <SelectField
          label={t("mobile.welders.form.item")}
          value={entry.item}
          onChange={(item) => onChange({ item })}
          options={items.map((item) => ({ value: item, word: words("certificateItem", item) }))}
          error={fields.item}
        />
      ) : (
        <TextField
          label={t("mobile.welders.form.itemCode")}
          value={entry.item}
          onChange={(item) => onChange({ item })}
          error={fields.item}
          autoComplete="off"
          maxLength={300}
        />
      )}
      <TextField
        label={t("mobile.welders.form.number")}
        value={entry.number}
        onChange={(number) => onChange({ number: number.replaceAll(/\s/g, "").toUpperCase() })}
        error={fields.number}
        autoComplete="off"
        maxLength={40}
        {...(entry.family === "emergency" ? { placeholder: t("mobile.welders.form.numberHint") } : {})}
      />
      <TextField
        label={t("mobile.welders.form.validFrom")}
        type="date"
        value={entry.validFrom}
        onChange={(validFrom) => onChange({ validFrom })}
        error={fields.validFrom}
      />
      <TextField
        label={t("mobile.welders.form.validTo")}
        type="date"
        value={entry.validTo}
        onChange={(validTo) => onChange({ validTo })}
        error={fields.validTo}
      />
      {entry.family === "emergency" ? (
        <TextField
          label={t("mobile.welders.form.reviewDueOn")}
          type="date"
          value={entry.reviewDueOn ?? ""}
          onChange={(day) => onChange({ reviewDueOn: day === "" ? null : day })}
          error={fields.reviewDueOn}
        />
      ) : null}
      <PhotoField
        label={t("mobile.welders.form.photo")}
        hint={t(
          keepsPhoto && entry.photo === null
            ? "mobile.welders.form.photoKept"
            : "mobile.welders.form.photoHint",
        )}
        onPicture={(photo) => onChange({ photo })}
        error={fields.photo}
        looksForCodes
      />
    </>
  );
}
