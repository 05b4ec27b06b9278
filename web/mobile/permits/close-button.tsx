import { type HotWorkPermitDetail, hotWorkPermitRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { StepFailure } from "../step-failure.tsx";
import { usePermitStep } from "./use-permit.ts";

/** The work is finished; asks whether anything could still burn. */
export function CloseButton({ permit: { permitId } }: { permit: HotWorkPermitDetail }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const close = usePermitStep(hotWorkPermitRoutes.closeHotWorkPermit, () => ({
    params: { permitId },
    body: { isResidualFireExcluded: true as const },
  }));
  return (
    <>
      <StepFailure error={close.error} />
      <Button className="big" block color="primary" loading={close.isPending} onClick={() => setIsOpen(true)}>
        {t("mobile.permits.close")}
      </Button>
      {isOpen ? (
        <ConfirmDialog
          title={t("mobile.permits.closeAsk")}
          action={t("mobile.permits.closeSure")}
          onSure={() => close.mutate(undefined)}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </>
  );
}
