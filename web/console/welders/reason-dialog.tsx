import { Alert, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { failureText, fieldFailures } from "../../ui/api.ts";

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
  const [form] = Form.useForm<{ reason: string }>();
  const failure = fieldFailures(props.error).reason;
  return (
    <Modal
      open
      title={props.title}
      okText={props.title}
      cancelText={t("common.cancel")}
      okButtonProps={{ danger: props.isDangerous === true, loading: props.isBusy }}
      onOk={() => form.submit()}
      onCancel={props.onClose}
    >
      <p>{props.lead}</p>
      <Form
        name="reason-dialog"
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }) => props.onSend(reason)}
      >
        <Form.Item
          name="reason"
          label={props.label}
          extra={props.hint}
          initialValue=""
          {...(failure ? { validateStatus: "error" as const, help: failure } : {})}
        >
          <Input.TextArea rows={3} maxLength={200} />
        </Form.Item>
      </Form>
      {props.error && !failure ? <Alert type="error" showIcon title={failureText(props.error)} /> : null}
    </Modal>
  );
}
