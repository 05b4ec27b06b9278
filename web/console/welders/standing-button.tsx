import { type Certificate, certificateRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { ReasonDialog } from "./reason-dialog.tsx";

interface Props {
  certificateId: string;
  welderId: string;
  status: Certificate["status"];
}

/** Suspends, revokes or reinstates, with the reason that the welder is told. */
export function StandingButton({ certificateId, welderId, status }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const change = useMutation({
    mutationFn: (reason: string) =>
      api.call(certificateRoutes.setCertificateStanding, {
        params: { certificateId },
        body: { status, reason },
      }),
    onSuccess: () => {
      setIsOpen(false);
      void message.success(t("console.welders.page.standingDone"));
      void client.invalidateQueries({ queryKey: ["welder", welderId] });
    },
  });
  const word = t(`console.welders.page.standing.${status}`);
  return (
    <>
      <Button
        size="small"
        danger={status !== "valid"}
        onClick={() => {
          change.reset();
          setIsOpen(true);
        }}
      >
        {word}
      </Button>
      {isOpen ? (
        <ReasonDialog
          title={word}
          lead={t("console.welders.page.standingLead")}
          label={t("console.welders.page.reason")}
          hint={t("console.welders.page.reasonHint")}
          isBusy={change.isPending}
          error={change.error}
          isDangerous={status !== "valid"}
          onSend={(reason) => change.mutate(reason)}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </>
  );
}
