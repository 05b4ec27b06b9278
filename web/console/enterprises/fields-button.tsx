import type { UseMutationResult } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";

interface Props<Name extends string> {
  word: string;
  lead: string;
  fields: readonly { name: Name; label: string; type?: "date" }[];
  mutation: UseMutationResult<unknown, Error, Record<Name, string>>;
}

/** A button that asks for a few words in a dialog, with the server's errors beside them. */
export function FieldsButton<Name extends string>({ word, lead, fields, mutation }: Props<Name>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<Record<Name, string>>();
  const wrong = fieldFailures(mutation.error);
  const isUnplaced = mutation.isError && !fields.some(({ name }) => wrong[name]);
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          mutation.reset();
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
        okButtonProps={{ loading: mutation.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        destroyOnHidden
      >
        <p>{lead}</p>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(values) =>
            mutation.mutate(values as Record<Name, string>, {
              onSuccess: () => {
                setIsOpen(false);
                void message.success(t("console.enterprises.done"));
              },
            })
          }
        >
          {fields.map(({ name, label, type }) => (
            <Form.Item
              key={name}
              name={name as string}
              label={label}
              initialValue=""
              {...fieldFailure(wrong[name])}
            >
              <Input maxLength={50} {...(type ? { type } : {})} />
            </Form.Item>
          ))}
        </Form>
        {isUnplaced ? <Alert type="error" showIcon title={failureText(mutation.error)} /> : null}
      </Modal>
    </>
  );
}
