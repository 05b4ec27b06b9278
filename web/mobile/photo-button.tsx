import { useState } from "react";
import { useTranslation } from "react-i18next";
import { smallPicture } from "./small-picture.ts";

interface Props {
  words: string;
  isBusy: boolean;
  /** The picture, made smaller, as Base64. */
  onPicture: (picture: string) => void;
}

/** Takes a photo, or chooses one; the phone makes it smaller before it is sent. */
export function PhotoButton({ words, isBusy, onPicture }: Props) {
  const { t } = useTranslation();
  const [isUnreadable, setIsUnreadable] = useState(false);

  async function take(file: File) {
    setIsUnreadable(false);
    const picture = await smallPicture(file);
    if (picture) onPicture(picture);
    else setIsUnreadable(true);
  }

  return (
    <>
      <label className="photo-button">
        {isBusy ? t("mobile.retrofit.photoSending") : words}
        <input
          className="visually-hidden"
          type="file"
          accept="image/*"
          capture="environment"
          disabled={isBusy}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void take(file);
          }}
        />
      </label>
      {isUnreadable ? (
        <p className="field-error" role="alert">
          {t("mobile.retrofit.photoUnreadable")}
        </p>
      ) : null}
    </>
  );
}
