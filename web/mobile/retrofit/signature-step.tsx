import { type InstallationDetail, installationRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../../ui/format.ts";
import { clearSignature, SignaturePad, signatureOf } from "../signature-pad.tsx";
import { StepFailure } from "../step-failure.tsx";
import { useStep } from "./use-installation.ts";

/** The installer signs with a finger for what the test has shown. */
export function SignatureStep({ installation }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const { installationId, lastTest } = installation;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);
  const sign = useStep(installationId, installationRoutes.signInstallation, (picture: string) => ({
    params: { installationId },
    body: { picture },
  }));

  return (
    <section className="stack">
      {lastTest?.closedAt && lastTest.openedAt ? (
        <p className="card tag-go" data-testid="test-passed">
          {t("mobile.retrofit.testPassed", {
            closed: timeOfDay(lastTest.closedAt),
            opened: timeOfDay(lastTest.openedAt),
          })}
        </p>
      ) : null}
      <p>{t("mobile.retrofit.signLead")}</p>
      <SignaturePad canvas={canvas} label={t("mobile.retrofit.signHere")} onDrawn={() => setIsDrawn(true)} />
      <StepFailure error={sign.error} />
      <Button
        className="big"
        block
        disabled={!isDrawn}
        onClick={() => {
          clearSignature(canvas.current);
          setIsDrawn(false);
        }}
      >
        {t("mobile.retrofit.signClear")}
      </Button>
      <Button
        className="big"
        block
        color="primary"
        loading={sign.isPending}
        disabled={!isDrawn}
        onClick={() => sign.mutate(signatureOf(canvas.current))}
      >
        {t("mobile.retrofit.signDone")}
      </Button>
    </section>
  );
}
