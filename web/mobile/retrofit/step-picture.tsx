import { modelPicturePath } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

/** The picture beside a step, as wide as the page; a tap shows it as high as the screen, to be moved by a finger. */
export function StepPicture({ pictureKey, text }: { pictureKey: string; text: string }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const src = modelPicturePath(pictureKey);
  const alt = t("mobile.retrofit.pictureOf", { text });
  return (
    <>
      <button type="button" className="fit-picture" onClick={() => dialog.current?.showModal()}>
        <img src={src} alt={alt} />
        <span>{t("mobile.retrofit.pictureEnlarge")}</span>
      </button>
      <dialog ref={dialog} className="fit-large" aria-label={alt}>
        <Button className="big" block onClick={() => dialog.current?.close()}>
          {t("common.close")}
        </Button>
        <img src={src} alt={alt} />
      </dialog>
    </>
  );
}
