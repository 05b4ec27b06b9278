import { Button } from "antd-mobile";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  title: string;
  body?: string;
  /** The word of the dangerous button. */
  action: string;
  onSure: () => void;
  onClose: () => void;
}

/** Asks once before something that cannot be undone; the browser's own dialog keeps focus and Escape right. */
export function ConfirmDialog({ title, body, action, onSure, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {body ? <p>{body}</p> : null}
      <Button
        className="big"
        block
        color="danger"
        onClick={() => {
          onSure();
          dialog.current?.close();
        }}
      >
        {action}
      </Button>
      <Button className="big" block onClick={() => dialog.current?.close()}>
        {t("common.cancel")}
      </Button>
    </dialog>
  );
}
