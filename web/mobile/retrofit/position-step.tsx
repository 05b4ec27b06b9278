import { type InstallationDetail, installationRoutes } from "@hanyouxu/api";
import type { Position } from "@hanyouxu/protocol";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { phonePosition } from "../scan/position.ts";
import { StepFailure } from "../step-failure.tsx";
import { useStep } from "./use-installation.ts";

/** Where the machine stands, by the phone that stands beside it. */
export function PositionStep({ installation: { installationId } }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const [isUnknown, setIsUnknown] = useState(false);
  const set = useStep(installationId, installationRoutes.setInstallationPosition, (position: Position) => ({
    params: { installationId },
    body: { position },
  }));

  async function find() {
    setIsAsking(true);
    setIsUnknown(false);
    const position = await phonePosition();
    setIsAsking(false);
    if (position) set.mutate(position);
    else setIsUnknown(true);
  }

  return (
    <section className="stack">
      <p>{t("mobile.retrofit.positionLead")}</p>
      {isUnknown ? (
        <p className="field-error" role="alert">
          {t("mobile.retrofit.positionUnknown")}
        </p>
      ) : null}
      <StepFailure error={set.error} />
      <Button
        className="big"
        block
        color="primary"
        loading={isAsking || set.isPending}
        onClick={() => void find()}
      >
        {t("mobile.retrofit.positionTake")}
      </Button>
    </section>
  );
}
