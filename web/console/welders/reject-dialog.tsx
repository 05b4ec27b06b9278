import { reviewerReasons } from "@hanyouxu/api";
import { Alert, Form, Input, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";

export interface Rejection {
  reason: (typeof reviewerReasons.options)[number] | null;
  text: string;
}

interface Props {
  isBusy: boolean;
  failure: string | undefined;
  fields: Record<string, string>;
  onSend: (rejection: Rejection) => void;
  onClose: () => void;
}

/** Why a certificate goes back, from a list, and what the welder should send instead. */
export function RejectDialog({ isBusy, failure, fields, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Rejection>();
  const wrong = (field: "reason" | "text") =>
    fields[field] ? { validateStatus: "error" as const, help: fields[field] } : {};
  return (
    <Modal
      open
      title={t("console.welders.review.reject")}
      okText={t("console.welders.review.send")}
      cancelText={t("common.cancel")}
      okButtonProps={{ danger: true, loading: isBusy }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        name="reject"
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason, text }) => onSend({ reason: reason ?? null, text })}
      >
        <Form.Item name="reason" label={t("console.welders.review.rejectReason")} {...wrong("reason")}>
          <Radio.Group
            options={reviewerReasons.options.map((reason) => ({
              value: reason,
              label: t(`common.certificates.rejection.${reason}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="text"
          label={t("console.welders.review.rejectText")}
          initialValue=""
          {...wrong("text")}
        >
          <Input.TextArea rows={3} maxLength={200} />
        </Form.Item>
      </Form>
      {failure && Object.keys(fields).length === 0 ? <Alert type="error" showIcon title={failure} /> : null}
    </Modal>
  );
}
