import { keyAreaRoutes, otherWorkKind, otherWorkRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { FoundConflicts } from "../../ui/found-conflicts.tsx";
import { useMe } from "../../ui/use-me.ts";
import { FirmSelect } from "../enterprises/firm-select.tsx";
import { PlaceField } from "../enterprises/place-field.tsx";
import { fieldFailure } from "../ui/field-failure.ts";
import { bodyOf, emptyFields, type OtherWorkFields } from "./other-work-fields.ts";

/** An officer declares work before it begins, and sees at once which hot work it conflicts with. */
export function DeclarePage() {
  const { t } = useTranslation();
  const me = useMe().data;
  const own = me?.roles.find(({ role }) => role === "enterprise-officer")?.enterpriseId ?? undefined;
  const [form] = Form.useForm<OtherWorkFields>();
  const areas = useQuery({
    queryKey: ["key-areas", "to-declare"],
    queryFn: ({ signal }) => api.call(keyAreaRoutes.listKeyAreas, { query: { pageSize: 200 }, signal }),
  });
  const declare = useMutation({
    mutationFn: (fields: OtherWorkFields) =>
      api.call(otherWorkRoutes.declareOtherWork, { body: bodyOf(fields) }),
  });
  const wrong = fieldFailures(declare.error);
  const isPlaced = Object.keys(emptyFields).some((name) => wrong[name]) || wrong.kind || wrong.enterpriseId;
  const item = (name: keyof OtherWorkFields, label: string, field: ReactNode) => (
    <Form.Item name={name} label={label} {...fieldFailure(wrong[name])}>
      {field}
    </Form.Item>
  );
  if (declare.data) {
    const { conflicts } = declare.data;
    return (
      <main className="console-page" data-declared={declare.data.otherWork.otherWorkId}>
        <header className="page-head">
          <h1 className="page-title">{t("console.simultaneousWork.declared")}</h1>
          <div className="page-actions">
            <Link to="/other-works">{t("console.simultaneousWork.works")}</Link>
          </div>
        </header>
        {conflicts.length === 0 ? <p className="panel">{t("console.simultaneousWork.clear")}</p> : null}
        <FoundConflicts conflicts={conflicts} className="panel" />
      </main>
    );
  }
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.simultaneousWork.declare")}</h1>
      </header>
      {me ? (
        <Form
          form={form}
          name="other-work"
          layout="vertical"
          requiredMark={false}
          initialValues={{ ...emptyFields, enterpriseId: own }}
          onFinish={() => declare.mutate(form.getFieldsValue(true))}
        >
          <div className="enterprise-form panel">
            {item(
              "kind",
              t("console.simultaneousWork.kind"),
              <Select
                options={otherWorkKind.options.map((value) => ({
                  value,
                  label: t(`common.simultaneousWork.kind.${value}`),
                }))}
              />,
            )}
            {item(
              "enterpriseId",
              t("console.simultaneousWork.firm"),
              <FirmSelect label={t("console.simultaneousWork.firm")} />,
            )}
            {item(
              "siteOwnerEnterpriseId",
              t("console.simultaneousWork.siteOwner"),
              <FirmSelect label={t("console.simultaneousWork.siteOwner")} kind="site-owner" />,
            )}
            {item(
              "keyAreaId",
              t("console.simultaneousWork.area"),
              <Select
                allowClear
                options={(areas.data?.items ?? []).map(({ keyAreaId, name }) => ({
                  value: keyAreaId,
                  label: name,
                }))}
              />,
            )}
            {item(
              "placeDescription",
              t("console.simultaneousWork.placeDescription"),
              <Input maxLength={100} />,
            )}
            {item("floor", t("console.simultaneousWork.floor"), <Input maxLength={5} />)}
            {item("heightMetres", t("console.simultaneousWork.height"), <InputNumber />)}
            {item("extentMetres", t("console.simultaneousWork.extent"), <InputNumber min={0} max={300} />)}
            {item("plannedFrom", t("console.simultaneousWork.from"), <Input type="datetime-local" />)}
            {item("plannedTo", t("console.simultaneousWork.to"), <Input type="datetime-local" />)}
            {item("contactName", t("console.simultaneousWork.contactName"), <Input maxLength={50} />)}
            {item("contactPhone", t("console.simultaneousWork.contactPhone"), <Input maxLength={11} />)}
          </div>
          <section className="panel">
            {item("place", t("console.simultaneousWork.place"), <PlaceField />)}
          </section>
          {declare.isError && !isPlaced ? (
            <Alert type="error" showIcon title={failureText(declare.error)} />
          ) : null}
          <Button type="primary" htmlType="submit" loading={declare.isPending}>
            {t("console.simultaneousWork.declare")}
          </Button>
        </Form>
      ) : null}
    </main>
  );
}
