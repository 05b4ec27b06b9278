import { type OgcCollectionId, sharingRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Form, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { ClientFields, ClientLayers, type WantedFields } from "./client-fields.tsx";
import type { MadeSecret } from "./secret-shown.tsx";
import { useDepartments } from "./use-departments.ts";

interface Wish {
  name: string;
  department?: string;
  region: string;
  requestsPerMinute: number;
  fields: WantedFields;
  layers: OgcCollectionId[];
  mayCount: boolean;
}

export function NewClient({ onMade }: { onMade: (made: MadeSecret) => void }) {
  const { t, i18n } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<Wish>();
  const departments = useDepartments().data?.departments ?? [];
  const chosen = Form.useWatch("department", form);
  const rights = departments.find(({ departmentKey }) => departmentKey === chosen)?.rights;
  const create = useMutation({
    mutationFn: (body: Wish) => api.call(sharingRoutes.createApiClient, { body: body as never }),
    onSuccess(made) {
      setIsOpen(false);
      onMade(made);
    },
  });
  const failures = fieldFailures(create.error);
  const failed = (name: string) => fieldFailure(failures[name]);
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
        width={720}
        forceRender
      >
        <Form
          name="new-client"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{
            name: "",
            region: "",
            requestsPerMinute: 60,
            fields: {},
            layers: [],
            mayCount: false,
          }}
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
            <Select
              aria-label={t("console.sharing.client.department")}
              placeholder={t("console.sharing.client.departmentHint")}
              options={departments.map(({ departmentKey, name }) => ({
                value: departmentKey,
                label: i18n.language === "en" ? name.en : name.zh,
              }))}
              // Another department may see other fields.
              onChange={() => form.setFieldsValue({ fields: undefined, layers: [] })}
            />
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
          <ClientFields rights={rights} />
          <ClientLayers rights={rights} />
          <Form.Item name="mayCount" valuePropName="checked">
            <Checkbox>{t("console.sharing.client.mayCount")}</Checkbox>
          </Form.Item>
        </Form>
        {create.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(create.error)} />
        ) : null}
      </Modal>
    </>
  );
}
