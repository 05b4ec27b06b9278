import { type SharedResource, sharedFields, sharedResource, sharingRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import type { MadeSecret } from "./secret-shown.tsx";

interface Wish {
  name: string;
  department: string;
  region: string;
  requestsPerMinute: number;
  fields: Partial<Record<SharedResource, string[]>>;
}

export function NewClient({ onMade }: { onMade: (made: MadeSecret) => void }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<Wish>();
  const create = useMutation({
    mutationFn: (body: Wish) => api.call(sharingRoutes.createApiClient, { body: body as never }),
    onSuccess(made) {
      setIsOpen(false);
      onMade(made);
    },
  });
  const failures = fieldFailures(create.error);
  const failed = (name: string) =>
    failures[name] ? { validateStatus: "error" as const, help: failures[name] } : {};
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          create.reset();
          form.resetFields();
          setIsOpen(true);
        }}
      >
        {t("console.sharing.client.create")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.sharing.client.create")}
        okText={t("console.sharing.client.create")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: create.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        forceRender
      >
        <Form
          name="new-client"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ name: "", department: "", region: "", requestsPerMinute: 60, fields: {} }}
          onFinish={(body) => create.mutate(body)}
        >
          <Form.Item name="name" label={t("console.sharing.client.name")} {...failed("name")}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item
            name="department"
            label={t("console.sharing.client.department")}
            {...failed("department")}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="region" label={t("console.sharing.client.regionCode")} {...failed("region")}>
            <Input maxLength={9} inputMode="numeric" />
          </Form.Item>
          <Form.Item
            name="requestsPerMinute"
            label={t("console.sharing.client.limit")}
            {...failed("requestsPerMinute")}
          >
            <InputNumber min={1} max={6000} />
          </Form.Item>
          {sharedResource.options.map((resource) => (
            <Form.Item
              key={resource}
              name={["fields", resource]}
              label={t(`console.sharing.resource.${resource}`)}
            >
              <Select
                mode="multiple"
                allowClear
                options={sharedFields[resource].map((value) => ({ value, label: value }))}
              />
            </Form.Item>
          ))}
        </Form>
        {create.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(create.error)} />
        ) : null}
      </Modal>
    </>
  );
}
