import { Alert, Form, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";

interface Props {
  title: string;
  lead: string;
  label: string;
  hint?: string;
  isBusy: boolean;
  error: unknown;
  isDangerous?: boolean;
  onSend: (reason: string) => void;
  onClose: () => void;
}

/** Asks for the reason that goes into the audit log. */
export function ReasonDialog(props: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState("");
  const failure = fieldFailures(props.error).reason;
  return (
    <Modal
      open
      title={props.title}
      okText={props.title}
      cancelText={t("common.cancel")}
      okButtonProps={{ danger: props.isDangerous === true, loading: props.isBusy }}
      onOk={() => props.onSend(reason)}
      onCancel={props.onClose}
    >
      <p>{props.lead}</p>
      <Form component={false} layout="vertical">
        <Form.Item label={props.label} htmlFor={id} extra={props.hint} {...fieldFailure(failure)}>
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      {props.error && !failure ? <Alert type="error" showIcon title={failureText(props.error)} /> : null}
    </Modal>
  );
}
