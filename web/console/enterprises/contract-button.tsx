import { enterprisePeopleRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, DatePicker, Form, Modal } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { FirmSelect } from "./firm-select.tsx";

interface Fields {
  contractorId?: string;
  period?: [Dayjs, Dayjs] | null;
  allowsMachines: boolean;
}

/** Engages a contractor for a period. */
export function ContractButton({ clientId, onDone }: { clientId: string; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<Fields>();
  const add = useMutation({
    mutationFn: ({ contractorId, period, allowsMachines }: Fields) =>
      api.call(enterprisePeopleRoutes.addEnterpriseContract, {
        params: { enterpriseId: clientId },
        body: {
          contractorId: contractorId ?? "",
          startsOn: period?.[0].format("YYYY-MM-DD") ?? "",
          endsOn: period?.[1].format("YYYY-MM-DD") ?? "",
          allowsMachines,
        },
      }),
    onSuccess: () => {
      setIsOpen(false);
      void message.success(t("console.enterprises.done"));
      onDone();
    },
  });
  const wrong = fieldFailures(add.error);
  const period = wrong.endsOn ?? wrong.startsOn;
  const helpOf = (text: string | undefined) => fieldFailure(text);
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          add.reset();
          form.resetFields();
          setIsOpen(true);
        }}
      >
        {t("console.enterprises.contract.add")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.enterprises.contract.add")}
        okText={t("console.enterprises.contract.add")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: add.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ allowsMachines: true }}
          onFinish={(fields) => add.mutate(fields)}
        >
          <Form.Item
            name="contractorId"
            label={t("console.enterprises.contract.contractor")}
            {...helpOf(wrong.contractorId)}
          >
            <FirmSelect label={t("console.enterprises.contract.find")} kind="welding" />
          </Form.Item>
          <Form.Item name="period" label={t("console.enterprises.contract.period")} {...helpOf(period)}>
            <DatePicker.RangePicker />
          </Form.Item>
          <Form.Item name="allowsMachines" valuePropName="checked">
            <Checkbox>{t("console.enterprises.contract.machines")}</Checkbox>
          </Form.Item>
        </Form>
        {add.isError && !period && !wrong.contractorId ? (
          <Alert type="error" showIcon title={failureText(add.error)} />
        ) : null}
      </Modal>
    </>
  );
}
