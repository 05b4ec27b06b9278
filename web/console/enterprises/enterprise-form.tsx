import "./enterprises.css";
import {
  ApiError,
  type EnterpriseDetail,
  enterpriseDomain,
  enterpriseRole,
  enterpriseRoutes,
  enterpriseType,
  judgeUscc,
  normalUscc,
} from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { useEnterpriseRegions } from "../../ui/use-enterprise-regions.ts";
import { useIndustryOptions } from "../../ui/use-industry-options.ts";
import { fieldFailure } from "../ui/field-failure.ts";
import { bodyOf, type EnterpriseFields, emptyFields, fieldsOf } from "./enterprise-fields.ts";
import { PlaceField } from "./place-field.tsx";

/** Everything about an organisation; what the server finds wrong stands beside its field. */
export function EnterpriseForm({ enterprise }: { enterprise?: EnterpriseDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<EnterpriseFields>();
  const regions = useEnterpriseRegions().data ?? [];
  const industries = useIndustryOptions(t("console.enterprises.form.whole"));
  const uscc = Form.useWatch("uscc", form) ?? "";
  const isOdd = judgeUscc(normalUscc(uscc)) === "mismatch";
  const isKept = enterprise !== undefined && !enterprise.rights.editIdentity;

  const save = useMutation({
    mutationFn: (fields: EnterpriseFields) => {
      const body = bodyOf(fields);
      return enterprise
        ? api.call(enterpriseRoutes.updateEnterprise, {
            params: { enterpriseId: enterprise.enterpriseId },
            body,
          })
        : api.call(enterpriseRoutes.createEnterprise, { body });
    },
    onSuccess: ({ enterpriseId }) => {
      void message.success(t("console.enterprises.done"));
      void client.invalidateQueries({ queryKey: ["enterprise", enterpriseId] });
      navigate(`/enterprises/${enterpriseId}`);
    },
  });
  // By the whole path: the organisation and its contact both have a name.
  const wrong: Record<string, string> =
    save.error instanceof ApiError
      ? Object.fromEntries(
          save.error.fields.map(({ path, message: text }) => [path.replace("body.", ""), text]),
        )
      : {};
  const problem = (name: string) => fieldFailure(wrong[name]);
  const item = (name: keyof EnterpriseFields, label: string, field: ReactNode, wrongName: string = name) => (
    <Form.Item name={name} label={label} {...problem(wrongName)}>
      {field}
    </Form.Item>
  );
  const contactKept = enterprise?.contact
    ? t("console.enterprises.contactKept", {
        contact: `${enterprise.contact.name} ${enterprise.contact.phone}`,
      })
    : undefined;
  return (
    <Form
      form={form}
      name="enterprise"
      layout="vertical"
      requiredMark={false}
      initialValues={enterprise ? fieldsOf(enterprise) : emptyFields}
      onFinish={() => save.mutate(form.getFieldsValue(true))}
    >
      {isKept ? <Alert type="info" showIcon title={t("console.enterprises.form.identityKept")} /> : null}
      <div className="enterprise-form panel">
        {item("name", t("console.enterprises.name"), <Input maxLength={100} disabled={isKept} />)}
        <Form.Item
          name="uscc"
          label={t("console.enterprises.uscc")}
          {...(wrong.uscc
            ? problem("uscc")
            : isOdd
              ? { validateStatus: "warning" as const, help: t("common.enterprise.warning.uscc-checksum") }
              : {})}
        >
          <Input maxLength={24} disabled={isKept} />
        </Form.Item>
        {item(
          "roles",
          t("console.enterprises.roles"),
          <Checkbox.Group
            disabled={isKept}
            options={enterpriseRole.options.map((value) => ({
              value,
              label: t(`common.enterprise.role.${value}`),
            }))}
          />,
        )}
        {item(
          "region",
          t("console.enterprises.region"),
          <Select showSearch={{ optionFilterProp: "label" }} disabled={isKept} options={regions} />,
        )}
        {item(
          "type",
          t("console.enterprises.type"),
          <Select
            allowClear
            options={enterpriseType.options.map((value) => ({
              value,
              label: t(`common.enterprise.type.${value}`),
            }))}
          />,
        )}
        {item(
          "domain",
          t("console.enterprises.domain"),
          <Select
            allowClear
            options={enterpriseDomain.options.map((value) => ({
              value,
              label: t(`common.enterprise.domain.${value}`),
            }))}
          />,
        )}
        {item(
          "industry",
          t("console.enterprises.industry"),
          <Select allowClear showSearch={{ optionFilterProp: "label" }} options={industries} />,
        )}
        {item(
          "staffCount",
          t("console.enterprises.staff"),
          <InputNumber min={0} max={1_000_000} precision={0} />,
        )}
        {item("address", t("console.enterprises.address"), <Input maxLength={200} />)}
        <Form.Item
          name="contactName"
          label={t("console.enterprises.contactName")}
          extra={contactKept}
          {...problem("contact.name")}
        >
          <Input maxLength={50} />
        </Form.Item>
        {item(
          "contactPhone",
          t("console.enterprises.contactPhone"),
          <Input maxLength={20} />,
          "contact.phone",
        )}
        <div className="is-wide">
          {item("place", t("console.enterprises.place"), <PlaceField />, "place.latitudeDegrees")}
        </div>
        <div className="is-wide panel-actions">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t("console.enterprises.form.save")}
          </Button>
          <Button onClick={() => navigate(-1)}>{t("common.cancel")}</Button>
          {save.isError && Object.keys(wrong).length === 0 ? (
            <Alert type="error" showIcon title={failureText(save.error)} />
          ) : null}
        </div>
      </div>
    </Form>
  );
}
