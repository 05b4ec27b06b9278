import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ShrunkPicture, shrinkPicture } from "../../ui/shrink-picture.ts";
import { openDecoder } from "../scan/decoder.ts";

interface Props {
  label: string;
  hint: string;
  onPicture: (base64: string) => void;
  error?: string | undefined;
  /** Certificates carry QR codes: say that none is followed. */
  looksForCodes?: boolean;
}

/** Takes or chooses one photo and shows it. A code on it is noticed, and its address is never opened. */
export function PhotoField({ label, hint, onPicture, error, looksForCodes = false }: Props) {
  const { t } = useTranslation();
  const [picture, setPicture] = useState<ShrunkPicture>();
  const [hasCode, setHasCode] = useState(false);
  useEffect(() => () => (picture ? URL.revokeObjectURL(picture.url) : undefined), [picture]);

  async function take(file: File) {
    const shrunk = await shrinkPicture(file);
    setPicture(shrunk);
    setHasCode(false);
    onPicture(shrunk.base64);
    if (looksForCodes && shrunk.bitmap) {
      // Only a hint: where codes cannot be read, there is none.
      const decoder = await openDecoder().catch(() => undefined);
      setHasCode(((await decoder?.read(shrunk.bitmap)) ?? []).length > 0);
    }
    shrunk.bitmap?.close();
  }

  return (
    <div className="field">
      <span className="field-label">{label}</span>
      {picture ? (
        <img className="photo-preview" src={picture.url} alt={t("mobile.welders.form.photoAlt")} />
      ) : null}
      <label className="photo-button">
        {t(picture ? "mobile.welders.form.otherPhoto" : "mobile.welders.form.takePhoto")}
        <input
          className="visually-hidden"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          aria-label={label}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void take(file);
          }}
        />
      </label>
      <p className="field-hint">{hint}</p>
      {hasCode ? (
        <p className="notice-warn" role="status" data-testid="code-hint">
          {t("mobile.welders.form.qrHint")}
        </p>
      ) : null}
      {error ? (
        <p className="field-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
