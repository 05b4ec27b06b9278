import { type RectificationDetail, rectificationRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Form, Input, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { instantOfInput } from "../../ui/format.ts";
import { fieldFailure } from "../ui/field-failure.ts";

interface Fields {
  items: Record<string, { isPassed?: boolean; note?: string }>;
  dueAt?: string;
}

const LONGEST_NOTE = 500;

/** Asks of each item that waits whether it passed; what failed needs a word. */
export function ReinspectDialog(props: {
  order: RectificationDetail;
  onDone: () => void;
  onClose: () => void;
}) {
  const { order, onDone, onClose } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const waiting = order.items.filter(({ state }) => state === "answered");
  const send = useMutation({
    mutationFn: ({ items, dueAt }: Fields) => {
      const due = dueAt ? instantOfInput(dueAt) : null;
      return api.call(rectificationRoutes.reinspectRectification, {
        params: { rectificationId: order.rectificationId },
        body: {
          items: waiting.flatMap(({ itemNo }) => {
            const { isPassed, note = "" } = items[itemNo] ?? {};
            return isPassed === undefined ? [] : [{ itemNo, isPassed, note }];
          }),
          ...(due ? { dueAt: due } : {}),
        },
      });
    },
    onSuccess: onDone,
  });
  const failures = fieldFailures(send.error);
  const title = t("console.rectification.act.reinspect");
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t("common.cancel")}
      okButtonProps={{ loading: send.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{t("console.rectification.reinspectLead")}</p>
      <Form<Fields> form={form} name="reinspect" layout="vertical" onFinish={(fields) => send.mutate(fields)}>
        {waiting.map(({ itemNo, what, answer }) => (
          <fieldset key={itemNo} className="rectification-form-item" data-finding={itemNo}>
            <legend>
              {t("console.rectification.result", { itemNo })}: {what}
            </legend>
            <p>{answer}</p>
            <Form.Item name={["items", String(itemNo), "isPassed"]}>
              <Radio.Group
                options={[
                  { value: true, label: t("console.rectification.passed") },
                  { value: false, label: t("console.rectification.failed") },
                ]}
              />
            </Form.Item>
            <Form.Item name={["items", String(itemNo), "note"]} label={t("console.rectification.note")}>
              <Input.TextArea rows={2} maxLength={LONGEST_NOTE} />
            </Form.Item>
          </fieldset>
        ))}
        <Form.Item name="dueAt" label={t("console.rectification.newDue")} {...fieldFailure(failures.dueAt)}>
          <Input type="datetime-local" />
        </Form.Item>
      </Form>
      {send.isError ? (
        <Alert type="error" showIcon title={failures.items ?? failureText(send.error)} />
      ) : null}
    </Modal>
  );
}
