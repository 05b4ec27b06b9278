import { type InstallationDetail, installationRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { failureText } from "../../ui/api.ts";
import { Page } from "../page.tsx";
import { CodeScanner } from "../scan/code-scanner.tsx";
import { machineCodeIn } from "../scan/machine-code-in.ts";
import { AbandonButton } from "./abandon-button.tsx";
import { EnrolmentStep } from "./enrolment-step.tsx";
import { MachineStep } from "./machine-step.tsx";
import { PhotosStep } from "./photos-step.tsx";
import { PositionStep } from "./position-step.tsx";
import { ProfileStep } from "./profile-step.tsx";
import { RelayTestStep } from "./relay-test-step.tsx";
import { SignatureStep } from "./signature-step.tsx";
import { useInstallation, useStep } from "./use-installation.ts";
import "./retrofit.css";

const ORDER = [
  "label",
  "machine",
  "photos",
  "position",
  "profile",
  "enrolment",
  "relay-test",
  "signature",
] as const;

type OpenStep = (typeof ORDER)[number];

const STEPS: Record<OpenStep, ComponentType<{ installation: InstallationDetail }>> = {
  label: LabelStep,
  machine: MachineStep,
  photos: PhotosStep,
  position: PositionStep,
  profile: ProfileStep,
  enrolment: EnrolmentStep,
  "relay-test": RelayTestStep,
  signature: SignatureStep,
};

/** One installation at the step it has reached, whatever happened to the phone meanwhile. */
export function InstallationPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const installationId = useParams().installationId ?? "";
  const query = useInstallation(installationId);
  const installation = query.data;
  const step = ORDER.find((one) => one === installation?.step);
  const Step = step && STEPS[step];
  return (
    <Page title={t("mobile.retrofit.title")} backTo="/retrofit">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !installation ? (
        <section className="card stack" role="alert">
          <p>{failureText(query.error)}</p>
          <Button className="big" block color="primary" onClick={() => void query.refetch()}>
            {t("common.retry")}
          </Button>
        </section>
      ) : null}
      {installation && step && Step ? (
        <>
          <p className="fit-progress" data-step={step}>
            <progress
              value={ORDER.indexOf(step) + 2}
              max={ORDER.length + 1}
              aria-label={t("mobile.retrofit.progress")}
            />
            <span>
              {ORDER.indexOf(step) + 2} / {ORDER.length + 1}
            </span>
          </p>
          <h2 className="fit-title">{t(`mobile.retrofit.step.${step}`)}</h2>
          <Step key={step} installation={installation} />
          <AbandonButton installation={installation} />
        </>
      ) : null}
      {installation && !step ? (
        <section
          className={`card stack ended ${installation.step === "done" ? "" : "is-bad"}`}
          data-step={installation.step}
        >
          <h2>{t(`mobile.retrofit.step.${installation.step}`)}</h2>
          <p>
            {t(installation.step === "done" ? "mobile.retrofit.doneLead" : "mobile.retrofit.abandonedLead")}
          </p>
          <dl className="facts">
            <dt>{t("mobile.machine.name")}</dt>
            <dd>{installation.machineName ?? "–"}</dd>
            <dt>{t("mobile.machine.code")}</dt>
            <dd>{installation.machineCode ?? "–"}</dd>
            <dt>{t("mobile.retrofit.chip")}</dt>
            <dd>{installation.chipId}</dd>
          </dl>
          <Button className="big" block color="primary" onClick={() => navigate("/retrofit")}>
            {t("mobile.retrofit.another")}
          </Button>
        </section>
      ) : null}
    </Page>
  );
}

function LabelStep({ installation: { installationId } }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const set = useStep(installationId, installationRoutes.setInstallationLabel, (machineCode: string) => ({
    params: { installationId },
    body: { machineCode },
  }));
  return (
    <>
      {set.isError ? (
        <p className="field-error" role="alert">
          {failureText(set.error)}
        </p>
      ) : null}
      <CodeScanner
        read={machineCodeIn}
        hint={t("mobile.retrofit.labelHint")}
        wrong={t("mobile.retrofit.labelWrong")}
        label={t("mobile.scan.typedLabel")}
        placeholder="XXXX-XXXX-XXXX-XXXX"
        isBusy={set.isPending}
        onCode={(machineCode) => set.mutate(machineCode)}
      />
    </>
  );
}
