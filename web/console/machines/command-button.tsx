import { machineRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";

const ROUTES = {
  stop: machineRoutes.stopMachine,
  lock: machineRoutes.lockMachine,
  unlock: machineRoutes.unlockMachine,
} as const;

const LONGEST_REASON = 200;

/** A remote command: says what it does and asks for the reason that goes into the audit log. */
export function CommandButton({ machineId, command }: { machineId: string; command: keyof typeof ROUTES }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const send = useMutation({
    mutationFn: (body: { reason: string }) => api.call(ROUTES[command], { params: { machineId }, body }),
    onSuccess: ({ commandId }) => {
      setIsOpen(false);
      void message.success(commandId ? t("console.command.sent") : t("console.command.sentOffline"));
      void client.invalidateQueries({ queryKey: ["machine", machineId] });
    },
  });
  const reasonFailure = fieldFailures(send.error).reason;
  return (
    <>
      <Button
        danger={command !== "unlock"}
        type={command === "stop" ? "primary" : "default"}
        onClick={() => {
          send.reset();
          form.resetFields();
          setIsOpen(true);
        }}
      >
        {t(`console.command.${command}`)}
      </Button>
      <Modal
        open={isOpen}
        title={t(`console.command.${command}`)}
        okText={t(`console.command.${command}`)}
        cancelText={t("common.cancel")}
        okButtonProps={{ danger: command !== "unlock", loading: send.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        forceRender
      >
        <p>{t(`console.command.${command}Lead`)}</p>
        <Form
          name={`command-${command}`}
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(body) => send.mutate(body)}
        >
          <Form.Item
            name="reason"
            label={t("console.command.reason")}
            extra={t("console.command.reasonHint")}
            initialValue=""
            {...(reasonFailure ? { validateStatus: "error" as const, help: reasonFailure } : {})}
          >
            <Input.TextArea rows={3} maxLength={LONGEST_REASON} />
          </Form.Item>
        </Form>
        {send.isError && !reasonFailure ? (
          <Alert type="error" showIcon title={failureText(send.error)} />
        ) : null}
      </Modal>
    </>
  );
}
