import type { AlarmDetail } from "@hanyouxu/api";
import { Alert, Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { useAlarmAct } from "./use-alarm.ts";

const LONGEST_TEXT = 500;

interface Props<Values extends object> {
  alarmId: string;
  title: string;
  lead?: string | undefined;
  isDanger?: boolean;
  initial: Values;
  /** What is asked; each field shows its own failure. */
  fields: (failures: Record<string, string>) => ReactNode;
  send: (values: Values) => Promise<AlarmDetail>;
  onClose: () => void;
}

/** Asks what an act needs, and stays open with the reason when the platform refuses it. */
export function ActDialog<Values extends object>(props: Props<Values>) {
  const { alarmId, title, lead, isDanger = false, initial, fields, send, onClose } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const act = useAlarmAct(alarmId, send);
  const failures = fieldFailures(act.error);
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t("common.cancel")}
      okButtonProps={{ danger: isDanger, loading: act.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {lead ? <p className="soft create-lead">{lead}</p> : null}
      <Form<Values>
        name="alarm-act"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(values) => act.mutate(values, { onSuccess: onClose })}
      >
        {fields(failures)}
      </Form>
      {act.isError && Object.keys(failures).length === 0 ? (
        <Alert type="error" showIcon title={failureText(act.error)} />
      ) : null}
    </Modal>
  );
}

/** One text of an act. */
export function ActText({
  name,
  label,
  failures,
}: {
  name: string;
  label: string;
  failures: Record<string, string>;
}) {
  return (
    <Form.Item name={name} label={label} {...fieldFailure(failures[name])}>
      <Input.TextArea rows={3} maxLength={LONGEST_TEXT} />
    </Form.Item>
  );
}
