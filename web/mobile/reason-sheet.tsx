import { Button } from "antd-mobile";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureText, fieldFailures } from "../ui/api.ts";
import { TextField } from "../ui/text-field.tsx";

interface Props {
  title: string;
  label: string;
  action: string;
  error: unknown;
  isBusy: boolean;
  onSend: (reason: string) => void;
  onClose: () => void;
}

/** Asks why, before something that somebody answers for. */
export function ReasonSheet({ title, label, action, error, isBusy, onSend, onClose }: Props) {
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
      <h2 id={id}>{title}</h2>
      <TextField label={label} value={reason} onChange={setReason} maxLength={200} error={wrong} />
      <Button className="big" block color="danger" loading={isBusy} onClick={() => onSend(reason)}>
        {action}
      </Button>
      <Button className="big" block onClick={() => dialog.current?.close()}>
        {t("common.cancel")}
      </Button>
    </dialog>
  );
}
