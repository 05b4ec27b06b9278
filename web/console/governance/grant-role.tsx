import { staffAccountRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { type GrantEntry, GrantFields, grantOf } from "./grant-fields.tsx";

/** Gives an account one more role. */
export function GrantRole({ personId }: { personId: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<GrantEntry>();
  const grant = useMutation({
    mutationFn: (entry: GrantEntry) =>
      api.call(staffAccountRoutes.grantRole, { params: { personId }, body: grantOf(entry) }),
    onSuccess: () => {
      form.resetFields();
      void message.success(t("console.governance.staff.granted"));
      void client.invalidateQueries({ queryKey: ["staff"] });
      void client.invalidateQueries({ queryKey: ["staff-account", personId] });
    },
  });
  const failures = fieldFailures(grant.error);
  return (
    <section className="grant-role">
      <h2 className="panel-title">{t("console.governance.staff.grant")}</h2>
      <p className="soft">{t("console.governance.staff.grantLead")}</p>
      <Form<GrantEntry>
        name="grant-role"
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(entry) => grant.mutate(entry)}
      >
        <GrantFields failures={failures} />
        {grant.isError && Object.keys(failures).length === 0 ? (
          <Alert type="error" showIcon title={failureText(grant.error)} />
        ) : null}
        <Button type="primary" htmlType="submit" loading={grant.isPending}>
          {t("console.governance.staff.grant")}
        </Button>
      </Form>
    </section>
  );
}
