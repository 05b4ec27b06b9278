import { labelRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, InputNumber, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { useMe } from "../../ui/use-me.ts";
import { fieldFailure } from "../ui/field-failure.ts";

/** Blank labels with codes made in advance, for installers to take along. */
export function NewLabelsButton() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<{ name: string; region: string; count: number }>();
  const ownRegion = useMe().data?.roles.find(({ region }) => region !== null)?.region ?? "";
  const make = useMutation({
    mutationFn: (input: { name: string; region: string; count: number }) =>
      api.call(labelRoutes.makeLabelBatch, { body: { kind: "blank", ...input } }),
    onSuccess: ({ labelCount, sheetCount }) => {
      setIsOpen(false);
      void message.success(t("console.label.made", { labels: labelCount, sheets: sheetCount }));
      void client.invalidateQueries({ queryKey: ["label-batches"] });
      void client.invalidateQueries({ queryKey: ["labels"] });
    },
  });
  const fields = fieldFailures(make.error);
  const help = (name: string) => fieldFailure(fields[name]);
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          make.reset();
          setIsOpen(true);
        }}
      >
        {t("console.label.new")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.label.new")}
        okText={t("console.label.new")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: make.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        destroyOnHidden
      >
        <Form
          name="new-labels"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ name: "", region: ownRegion, count: 105 }}
          onFinish={(input) => make.mutate(input)}
        >
          <Form.Item name="name" label={t("console.label.name")} {...help("name")}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="region" label={t("console.retrofit.region")} {...help("region")}>
            <Input maxLength={9} />
          </Form.Item>
          <Form.Item
            name="count"
            label={t("console.label.count")}
            extra={t("console.label.countHint")}
            {...help("count")}
          >
            <InputNumber min={1} max={1050} precision={0} />
          </Form.Item>
        </Form>
        {make.isError && Object.keys(fields).length === 0 ? (
          <Alert type="error" showIcon title={failureText(make.error)} />
        ) : null}
      </Modal>
    </>
  );
}
