import { reviewerReasons } from "@hanyouxu/api";
import { Alert, Form, Input, Modal, Radio } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFailure } from "../ui/field-failure.ts";

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
  const id = useId();
  const [reason, setReason] = useState<Rejection["reason"]>(null);
  const [text, setText] = useState("");
  const wrong = (field: "reason" | "text") => fieldFailure(fields[field]);
  return (
    <Modal
      open
      title={t("console.welders.review.reject")}
      okText={t("console.welders.review.send")}
      cancelText={t("common.cancel")}
      okButtonProps={{ danger: true, loading: isBusy }}
      onOk={() => onSend({ reason, text })}
      onCancel={onClose}
    >
      <Form component={false} layout="vertical">
        <Form.Item label={t("console.welders.review.rejectReason")} {...wrong("reason")}>
          <Radio.Group
            aria-label={t("console.welders.review.rejectReason")}
            value={reason}
            onChange={(event) => setReason(event.target.value as Rejection["reason"])}
            options={reviewerReasons.options.map((value) => ({
              value,
              label: t(`common.certificates.rejection.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item label={t("console.welders.review.rejectText")} htmlFor={id} {...wrong("text")}>
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Form.Item>
      </Form>
      {failure && Object.keys(fields).length === 0 ? <Alert type="error" showIcon title={failure} /> : null}
    </Modal>
  );
}
