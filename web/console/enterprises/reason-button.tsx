import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";

interface Props {
  word: string;
  /** What it does, said before the reason is asked for. */
  lead: string;
  isDanger?: boolean;
  /** Without: asks only whether it is meant. */
  hasReason?: boolean;
  size?: "small";
  send: (reason: string) => Promise<unknown>;
  onDone: () => void;
}

const LONGEST_REASON = 200;

/** A step that is answered for with a reason: it goes into the audit log. */
export function ReasonButton({ word, lead, isDanger = false, hasReason = true, size, send, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const sending = useMutation({
    mutationFn: ({ reason }: { reason: string }) => send(reason),
    onSuccess: () => {
      setIsOpen(false);
      void message.success(t("console.enterprises.done"));
      onDone();
    },
  });
  const wrong = fieldFailures(sending.error).reason;
  return (
    <>
      <Button
        danger={isDanger}
        {...(size ? { size } : {})}
        onClick={() => {
          sending.reset();
          form.resetFields();
          setIsOpen(true);
        }}
      >
        {word}
      </Button>
      <Modal
        open={isOpen}
        title={word}
        okText={word}
        cancelText={t("common.cancel")}
        okButtonProps={{ danger: isDanger, loading: sending.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        destroyOnHidden
      >
        <p>{lead}</p>
        <Form
          form={form}
          layout="vertical"
          initialValues={{ reason: "" }}
          onFinish={(body) => sending.mutate(body)}
        >
          <Form.Item
            name="reason"
            hidden={!hasReason}
            label={t("console.enterprises.reason")}
            {...fieldFailure(wrong)}
          >
            <Input.TextArea rows={3} maxLength={LONGEST_REASON} />
          </Form.Item>
        </Form>
        {sending.isError && !wrong ? (
          <Alert type="error" showIcon title={failureText(sending.error)} />
        ) : null}
      </Modal>
    </>
  );
}
