import { Alert, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureText, fieldFailures } from "../../ui/api.ts";

interface Props {
  word: string;
  lead: string;
  isDanger?: boolean;
  /** Rejects with the API's error, which is shown here. */
  onReason: (reason: string) => Promise<unknown>;
}

/** Something that is done only with a reason, which goes into the audit log. */
export function ReasonButton({ word, lead, isDanger = false, onReason }: Props) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  async function act() {
    setIsBusy(true);
    setError(undefined);
    try {
      await onReason(reason);
      setIsOpen(false);
      setReason("");
    } catch (failure) {
      setError(failure);
    } finally {
      setIsBusy(false);
    }
  }
  return (
    <>
      <Button size="small" danger={isDanger} onClick={() => setIsOpen(true)}>
        {word}
      </Button>
      <Modal
        open={isOpen}
        title={word}
        okText={word}
        cancelText={t("common.cancel")}
        okButtonProps={{ danger: isDanger, loading: isBusy }}
        onOk={() => void act()}
        onCancel={() => setIsOpen(false)}
      >
        <p>{lead}</p>
        <Input.TextArea
          rows={3}
          maxLength={200}
          aria-label={t("console.command.reason")}
          placeholder={t("console.command.reasonHint")}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {error ? (
          <Alert type="error" showIcon title={fieldFailures(error).reason ?? failureText(error)} />
        ) : null}
      </Modal>
    </>
  );
}
