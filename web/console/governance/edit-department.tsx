import {
  type Department,
  type DepartmentSettings,
  departmentRoutes,
  fieldGroup,
  sightLevel,
} from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal, Select, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { DEPARTMENTS_KEY } from "./use-departments.ts";

/** Adjusts a department's names and what it may see and do. */
export function EditDepartment({ department }: { department: Department }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<DepartmentSettings>();
  const { departmentKey } = department;
  const change = useMutation({
    mutationFn: (body: DepartmentSettings) =>
      api.call(departmentRoutes.changeDepartment, { params: { departmentKey }, body }),
    onSuccess: () => {
      setIsOpen(false);
      void message.success(t("console.governance.departments.saved"));
      void client.invalidateQueries({ queryKey: DEPARTMENTS_KEY });
    },
  });
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t("console.governance.departments.edit")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.governance.departments.edit")}
        okText={t("console.governance.departments.save")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: change.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        destroyOnHidden
      >
        <Form<DepartmentSettings>
          name={`department-${departmentKey}`}
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={department}
          onFinish={(settings) => change.mutate(settings)}
        >
          <Form.Item name={["name", "zh"]} label={t("console.governance.departments.zhName")}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name={["name", "en"]} label={t("console.governance.departments.enName")}>
            <Input maxLength={40} />
          </Form.Item>
          {fieldGroup.options.map((group) => (
            <Form.Item
              key={group}
              name={["rights", group]}
              label={t(`console.governance.departments.groups.${group}`)}
            >
              <Select
                options={sightLevel.options.map((value) => ({
                  value,
                  label: t(`console.governance.departments.levels.${value}`),
                }))}
              />
            </Form.Item>
          ))}
          <Form.Item
            name="mayCommand"
            label={t("console.governance.departments.command")}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
        </Form>
        {change.isError ? <Alert type="error" showIcon title={failureText(change.error)} /> : null}
      </Modal>
    </>
  );
}
