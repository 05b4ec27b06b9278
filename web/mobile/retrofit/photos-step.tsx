import { type InstallationDetail, installationRoutes } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { PhotoButton } from "../photo-button.tsx";
import { StepFailure } from "../step-failure.tsx";
import { useStep } from "./use-installation.ts";

/** At least one photo: the nameplate and where the chip sits. */
export function PhotosStep({ installation: { installationId } }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const add = useStep(installationId, installationRoutes.addInstallationPhoto, (picture: string) => ({
    params: { installationId },
    body: { picture },
  }));
  return (
    <section className="stack">
      <p>{t("mobile.retrofit.photosLead")}</p>
      <PhotoButton words={t("mobile.retrofit.photoTake")} isBusy={add.isPending} onPicture={add.mutate} />
      <StepFailure error={add.error} />
    </section>
  );
}
