import { type InstallationDetail, installationRoutes, machineModelRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { StepFailure } from "../step-failure.tsx";
import { StepPicture } from "./step-picture.tsx";
import { useStep } from "./use-installation.ts";

/** How the chip goes into this model: where the relay sits, and the steps. Without a profile that is said. */
export function ProfileStep({
  installation: { installationId, model },
}: {
  installation: InstallationDetail;
}) {
  const { t, i18n } = useTranslation();
  const known = useQuery({
    queryKey: ["model", model],
    queryFn: ({ signal }) =>
      api.call(machineModelRoutes.lookUpModel, { query: { model: model ?? "" }, signal }),
    retry: false,
  });
  const confirm = useStep(installationId, installationRoutes.confirmProfile, (_: undefined) => ({
    params: { installationId },
  }));
  const word = (text: { zh: string; en: string }) => (i18n.language === "en" ? text.en : text.zh);
  const profile = known.data?.profile;
  return (
    <section className="stack">
      <dl className="facts card">
        <dt>{t("mobile.machine.model")}</dt>
        <dd>{known.data?.designation ?? model}</dd>
        {known.data?.facts.ratedCurrentAmps ? (
          <>
            <dt>{t("mobile.retrofit.rated")}</dt>
            <dd>{known.data.facts.ratedCurrentAmps} A</dd>
          </>
        ) : null}
        {profile ? (
          <>
            <dt>{t("mobile.retrofit.relayType")}</dt>
            <dd>{word(profile.content.relayType)}</dd>
          </>
        ) : null}
      </dl>
      {known.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {profile ? (
        <>
          <h3>{word(profile.content.title)}</h3>
          <p className={profile.proof.kind === "proven" ? "soft" : "notice-warn"}>
            {t(`mobile.retrofit.proof.${profile.proof.kind}`)}
          </p>
          <ol className="fit-list">
            {profile.content.steps.map(({ text, pictureKey }) => (
              <li key={text.zh}>
                {word(text)}
                {pictureKey ? <StepPicture pictureKey={pictureKey} text={word(text)} /> : null}
              </li>
            ))}
          </ol>
        </>
      ) : known.isPending ? null : (
        <p className="notice-warn">{t("mobile.retrofit.noProfile")}</p>
      )}
      <StepFailure error={confirm.error} />
      <Button
        className="big"
        block
        color="primary"
        loading={confirm.isPending}
        disabled={known.isPending}
        onClick={() => confirm.mutate(undefined)}
      >
        {t("mobile.retrofit.profileRead")}
      </Button>
    </section>
  );
}
