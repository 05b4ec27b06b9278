import { useMutation } from "@tanstack/react-query";
import { Alert, Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "./field-failure.ts";

const LONGEST_REASON = 200;

interface Props<Values extends { reason: string }, Answer> {
  /** Tells forms of one page apart. */
  name: string;
  isOpen: boolean;
  title: string;
  lead?: string;
  isDanger?: boolean;
  initial?: Partial<Values>;
  /** What is asked besides the reason; each field shows its own failure. */
  fields?: (failures: Record<string, string>) => ReactNode;
  send: (values: Values) => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onCancel: () => void;
}

/** Says what will happen and asks for the reason that goes into the audit log. */
export function ReasonDialog<Values extends { reason: string }, Answer>(props: Props<Values, Answer>) {
  const { name, isOpen, title, lead, isDanger = false, initial, fields, send, onDone, onCancel } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const sending = useMutation({ mutationFn: send, onSuccess: onDone });
  const failures = fieldFailures(sending.error);
  return (
    <Modal
      open={isOpen}
      title={title}
      okText={title}
      cancelText={t("common.cancel")}
      okButtonProps={{ danger: isDanger, loading: sending.isPending }}
      onOk={() => form.submit()}
      onCancel={onCancel}
      afterOpenChange={(open) => {
        if (open) return;
        sending.reset();
        form.resetFields();
      }}
      forceRender
    >
      {lead ? <p>{lead}</p> : null}
      <Form<Values>
        name={name}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ reason: "", ...initial }}
        onFinish={(values) => sending.mutate(values)}
      >
        {fields?.(failures)}
        <Form.Item
          name="reason"
          label={t("console.command.reason")}
          extra={t("console.command.reasonHint")}
          {...failedItem(failures.reason)}
        >
          <Input.TextArea rows={3} maxLength={LONGEST_REASON} />
        </Form.Item>
      </Form>
      {sending.isError && Object.keys(failures).length === 0 ? (
        <Alert type="error" showIcon title={failureText(sending.error)} />
      ) : null}
    </Modal>
  );
}

/** What a form item shows when the platform refused its field. */
export function failedItem(failure: string | undefined) {
  return fieldFailure(failure);
}
