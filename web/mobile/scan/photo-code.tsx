import { useState } from "react";
import { useTranslation } from "react-i18next";
import { openDecoder } from "./decoder.ts";

/** Reads the code from a picture of the album or of the system's camera app; the picture never leaves the phone. */
export function PhotoCode<Code>({
  read: readText,
  onCode,
}: {
  read: (text: string) => Code | undefined;
  onCode: (code: Code) => void;
}) {
  const { t } = useTranslation();
  const [wrong, setWrong] = useState<"photoNothing" | "noDecoder">();

  async function read(file: File) {
    setWrong(undefined);
    const decoder = await openDecoder().catch(() => undefined);
    if (!decoder) {
      setWrong("noDecoder");
      return;
    }
    const picture = await createImageBitmap(file).catch(() => null);
    const texts = picture ? await decoder.read(picture) : [];
    picture?.close();
    const code = texts.map(readText).find((value) => value !== undefined);
    if (code !== undefined) onCode(code);
    else setWrong("photoNothing");
  }

  return (
    <div className="stack">
      <label className="photo-button">
        {t("mobile.scan.photo")}
        <input
          className="visually-hidden"
          type="file"
          accept="image/*"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void read(file);
          }}
        />
      </label>
      {wrong ? (
        <p className="field-error" role="alert">
          {t(`mobile.scan.${wrong}`)}
        </p>
      ) : null}
    </div>
  );
}
