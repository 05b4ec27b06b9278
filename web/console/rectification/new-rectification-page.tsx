import "../enterprises/enterprises.css";
import "./rectification.css";
import {
  alarmRoutes,
  alarmSeverity,
  enterprisePeopleRoutes,
  machineRoutes,
  rectificationRoutes,
} from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Select, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { FirmSelect } from "../enterprises/firm-select.tsx";
import { Failure } from "../ui/failure.tsx";
import { fieldFailure } from "../ui/field-failure.ts";
import { ItemFields } from "./item-fields.tsx";
import { bodyOf, emptyOrder, type OrderFields } from "./order-fields.ts";

const MOST_MACHINES = 200;
const LONGEST_TEXT = 500;

/** A new order: free, from an inspection, or from the alarm that the address names. */
export function NewRectificationPage() {
  const { t } = useTranslation();
  const alarmId = useSearchParams()[0].get("alarm");
  const alarm = useQuery({
    queryKey: ["alarm", alarmId],
    queryFn: ({ signal }) => api.call(alarmRoutes.getAlarm, { params: { alarmId: alarmId! }, signal }),
    enabled: alarmId !== null,
  });
  const title = useAlarmTitle();
  const found = alarm.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.rectification.issue")}</h1>
      </header>
      <p className="soft">{t("console.rectification.issueLead")}</p>
      {alarmId !== null && alarm.isPending ? <Spin description={t("common.loading")} /> : null}
      {alarm.isError ? <Failure error={alarm.error} onRetry={alarm.refetch} /> : null}
      {alarmId === null ? <OrderForm initial={emptyOrder} alarmId={null} /> : null}
      {found ? (
        <OrderForm
          alarmId={alarmId}
          initial={{
            ...emptyOrder,
            source: "alarm",
            severity: found.severity,
            title: title(found.kind),
            ...(found.enterpriseId ? { enterpriseId: found.enterpriseId } : {}),
            machineIds: found.machineId ? [found.machineId] : [],
          }}
        />
      ) : null}
    </main>
  );
}

function OrderForm({ initial, alarmId }: { initial: OrderFields; alarmId: string | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<OrderFields>();
  const enterpriseId = Form.useWatch("enterpriseId", form);
  const issue = useMutation({
    mutationFn: (fields: OrderFields) =>
      api.call(rectificationRoutes.issueRectification, { body: bodyOf(fields, alarmId) }),
    onSuccess: ({ rectificationId }) => navigate(`/rectifications/${rectificationId}`),
  });
  const machines = useQuery({
    queryKey: ["machines", "of-firm", enterpriseId],
    queryFn: ({ signal }) =>
      api.call(machineRoutes.listMachines, {
        query: { enterpriseId: enterpriseId!, pageSize: MOST_MACHINES },
        signal,
      }),
    enabled: enterpriseId !== undefined,
  });
  const officers = useQuery({
    queryKey: ["enterprise-officers", enterpriseId],
    queryFn: ({ signal }) =>
      api.call(enterprisePeopleRoutes.listEnterpriseOfficers, {
        params: { enterpriseId: enterpriseId! },
        signal,
      }),
    enabled: enterpriseId !== undefined,
    retry: false,
  });
  const wrong = fieldFailures(issue.error);
  return (
    <Form<OrderFields>
      form={form}
      name="rectification"
      className="rectification-form"
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={(fields) => issue.mutate(fields)}
    >
      <div className="enterprise-form panel">
        <Form.Item
          name="enterpriseId"
          label={t("console.rectification.firm")}
          {...fieldFailure(wrong.enterpriseId)}
        >
          <FirmSelect label={t("console.rectification.firm")} />
        </Form.Item>
        <Form.Item name="source" label={t("console.rectification.source")} {...fieldFailure(wrong.source)}>
          <Select
            disabled={alarmId !== null}
            options={(alarmId === null ? (["inspection", "free"] as const) : (["alarm"] as const)).map(
              (value) => ({ value, label: t(`common.rectification.source.${value}`) }),
            )}
          />
        </Form.Item>
        <Form.Item
          name="severity"
          label={t("console.rectification.severity")}
          {...fieldFailure(wrong.severity)}
        >
          <Select
            options={alarmSeverity.options.map((value) => ({
              value,
              label: t(`common.alarms.severity.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="dueAt" label={t("console.rectification.dueAt")} {...fieldFailure(wrong.dueAt)}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="title" label={t("console.rectification.what")} {...fieldFailure(wrong.title)}>
          <Input maxLength={LONGEST_TEXT} />
        </Form.Item>
        <Form.Item
          name="answerablePersonId"
          label={t("common.rectification.answerable")}
          {...fieldFailure(wrong.answerablePersonId)}
        >
          <Select
            allowClear
            placeholder={t("common.rectification.everyOfficer")}
            options={(officers.data?.officers ?? []).map(({ personId, name, phone }) => ({
              value: personId,
              label: `${name} ${phone ?? ""}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="machineIds" label={t("console.rectification.machines")}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: "label" }}
            options={(machines.data?.items ?? []).map(({ machineId, name }) => ({
              value: machineId,
              label: name,
            }))}
          />
        </Form.Item>
      </div>
      <ItemFields failure={wrong.what ?? wrong.items} />
      {issue.isError && Object.keys(wrong).length === 0 ? (
        <Alert type="error" showIcon title={failureText(issue.error)} />
      ) : null}
      <Button type="primary" htmlType="submit" loading={issue.isPending}>
        {t("console.rectification.issue")}
      </Button>
    </Form>
  );
}
