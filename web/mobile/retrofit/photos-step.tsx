import { type InstallationDetail, installationRoutes } from "@hanyouxu/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { smallPicture } from "./small-picture.ts";
import { StepFailure } from "./step-failure.tsx";
import { useStep } from "./use-installation.ts";

/** At least one photo: the nameplate and where the chip sits. The phone makes it smaller before it is sent. */
export function PhotosStep({ installation: { installationId } }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const [isUnreadable, setIsUnreadable] = useState(false);
  const add = useStep(installationId, installationRoutes.addInstallationPhoto, (picture: string) => ({
    params: { installationId },
    body: { picture },
  }));

  async function take(file: File) {
    setIsUnreadable(false);
    const picture = await smallPicture(file);
    if (picture) add.mutate(picture);
    else setIsUnreadable(true);
  }

  return (
    <section className="stack">
      <p>{t("mobile.retrofit.photosLead")}</p>
      <label className="photo-button">
        {add.isPending ? t("mobile.retrofit.photoSending") : t("mobile.retrofit.photoTake")}
        <input
          className="visually-hidden"
          type="file"
          accept="image/*"
          capture="environment"
          disabled={add.isPending}
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
      <StepFailure error={add.error} />
    </section>
  );
}
