import { type InstallationDetail, installationRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { StepFailure } from "../step-failure.tsx";
import { useStep } from "./use-installation.ts";

/** Gives this installation up, with the reason; a chip that is to blame is written off. */
export function AbandonButton({ installation: { installationId } }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [isChipDefective, setIsChipDefective] = useState(false);
  const abandon = useStep(installationId, installationRoutes.abandonInstallation, (_: undefined) => ({
    params: { installationId },
    body: { reason, isChipDefective },
  }));
  const wrong = fieldFailures(abandon.error).reason;
  if (!isOpen) {
    return (
      <Button className="plain" fill="none" onClick={() => setIsOpen(true)}>
        {t("mobile.retrofit.abandon")}
      </Button>
    );
  }
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        abandon.mutate(undefined);
      }}
    >
      <TextField
        label={t("mobile.retrofit.abandonReason")}
        value={reason}
        onChange={setReason}
        error={wrong}
        maxLength={200}
      />
      <label className="fit-check">
        <input
          type="checkbox"
          checked={isChipDefective}
          onChange={(event) => setIsChipDefective(event.target.checked)}
        />
        {t("mobile.retrofit.chipDefective")}
      </label>
      {wrong ? null : <StepFailure error={abandon.error} />}
      <Button className="big" block type="submit" color="danger" loading={abandon.isPending}>
        {t("mobile.retrofit.abandon")}
      </Button>
      <Button className="big" block onClick={() => setIsOpen(false)}>
        {t("common.cancel")}
      </Button>
    </form>
  );
}
