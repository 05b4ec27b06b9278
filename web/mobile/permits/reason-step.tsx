import { type HotWorkPermitDetail, hotWorkPermitRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ReasonSheet } from "../reason-sheet.tsx";
import { usePermitStep } from "./use-permit.ts";

const ROUTES = {
  reject: hotWorkPermitRoutes.rejectHotWorkPermit,
  suspend: hotWorkPermitRoutes.suspendHotWorkPermit,
  resume: hotWorkPermitRoutes.resumeHotWorkPermit,
  replace: hotWorkPermitRoutes.replaceHotWorkPermit,
  void: hotWorkPermitRoutes.voidHotWorkPermit,
} as const;

interface Props {
  permit: HotWorkPermitDetail;
  step: keyof typeof ROUTES;
}

/** A step that is answered for with a reason. A replacement leads to the new draft. */
export function ReasonStep({ permit: { permitId }, step }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const send = usePermitStep(ROUTES[step], (reason: string) => ({ params: { permitId }, body: { reason } }));
  const isGood = step === "resume";
  return (
    <>
      <Button
        className="big"
        block
        color={isGood ? "success" : "danger"}
        fill="outline"
        onClick={() => {
          send.reset();
          setIsOpen(true);
        }}
      >
        {t(`common.permit.action.${step}`)}
      </Button>
      {isOpen ? (
        <ReasonSheet
          title={t(`common.permit.action.${step}`)}
          label={t("common.permit.reason")}
          action={t(`common.permit.action.${step}`)}
          error={send.error}
          isBusy={send.isPending}
          onClose={() => setIsOpen(false)}
          onSend={(reason) =>
            send.mutate(reason, {
              onSuccess: (answer) => {
                setIsOpen(false);
                // Each of the routes answers with a permit.
                const shown = (answer as HotWorkPermitDetail).permitId;
                if (shown !== permitId) navigate(`/permits/${shown}`);
              },
            })
          }
        />
      ) : null}
    </>
  );
}

export function VoidButton({ permit }: { permit: HotWorkPermitDetail }) {
  return permit.may.void ? <ReasonStep permit={permit} step="void" /> : null;
}
