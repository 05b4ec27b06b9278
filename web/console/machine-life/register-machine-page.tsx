import { machineLifeRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import "../machine-models/machine-models.css";
import { failedItem } from "../ui/reason-dialog.tsx";
import { MachineFields, type MachineValues } from "./machine-fields.tsx";

type Values = MachineValues & { enterpriseId: string };

/** A new machine for a firm: it gets its code here and its chip from an installer. */
export function RegisterMachinePage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [text, setText] = useState("");
  const owners = useQuery({
    queryKey: ["machine-owners", text],
    queryFn: ({ signal }) => api.call(machineLifeRoutes.findOwners, { query: { text }, signal }),
    placeholderData: (previous) => previous,
  });
  const found = owners.data?.owners ?? [];
  const only = text === "" && found.length === 1 ? found[0]!.enterpriseId : undefined;
  useEffect(() => {
    if (only) form.setFieldValue("enterpriseId", only);
  }, [only, form]);
  const register = useMutation({
    mutationFn: (body: Values) => api.call(machineLifeRoutes.registerMachine, { body }),
    onSuccess: ({ machineId }) => {
      void message.success(t("console.machineLife.registered"));
      for (const key of ["machines", "models", "model-coverage"])
        void client.invalidateQueries({ queryKey: [key] });
      void navigate(`/machines/${machineId}`);
    },
  });
  const failures = fieldFailures(register.error);
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.machineLife.register")}</h1>
      <section className="panel machine-form">
        <Form<Values>
          name="machine"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ name: "", model: "", isMobile: false }}
          onFinish={(values) => register.mutate(values)}
        >
          <Form.Item
            name="enterpriseId"
            label={t("console.machine.enterprise")}
            extra={t("console.machineLife.ownerHint")}
            {...failedItem(failures.enterpriseId)}
          >
            <Select
              showSearch={{ filterOption: false, onSearch: setText }}
              notFoundContent={t("console.machineLife.noOwner")}
              options={found.map(({ enterpriseId, name, regionName }) => ({
                value: enterpriseId,
                label: `${name} · ${regionName}`,
              }))}
            />
          </Form.Item>
          <MachineFields failures={failures} />
          <Button type="primary" htmlType="submit" loading={register.isPending}>
            {t("console.machineLife.register")}
          </Button>
        </Form>
        {register.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(register.error)} />
        ) : null}
      </section>
    </main>
  );
}
