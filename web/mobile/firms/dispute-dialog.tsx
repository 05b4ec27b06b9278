import { Button } from "antd-mobile";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";

interface Props {
  error: unknown;
  isBusy: boolean;
  onSend: (reason: string) => void;
  onClose: () => void;
}

/** Asks why: a dispute without a reason helps nobody. */
export function DisputeDialog({ error, isBusy, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState("");
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const wrong = fieldFailures(error).reason ?? (error ? failureText(error) : undefined);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{t("mobile.enterprises.pendingSites.disputeTitle")}</h2>
      <TextField
        label={t("mobile.enterprises.pendingSites.reason")}
        value={reason}
        onChange={setReason}
        maxLength={200}
        error={wrong}
      />
      <Button className="big" block color="danger" loading={isBusy} onClick={() => onSend(reason)}>
        {t("mobile.enterprises.pendingSites.send")}
      </Button>
      <Button className="big" block onClick={() => dialog.current?.close()}>
        {t("common.cancel")}
      </Button>
    </dialog>
  );
}
