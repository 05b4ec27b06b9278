import { alarmKind } from "@hanyouxu/api";
import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { useEnterpriseRegions } from "../../ui/use-enterprise-regions.ts";
import { FirmSelect } from "../enterprises/firm-select.tsx";
import { fieldFailure } from "../ui/field-failure.ts";
import { MachineSelect } from "./machine-select.tsx";

/** For what a window counts, and when: all that is named must fit. */
export function SuppressionFields({ failures }: { failures: Record<string, string> }) {
  const { t } = useTranslation();
  const title = useAlarmTitle();
  const regions = useEnterpriseRegions();
  return (
    <>
      <Form.Item name="region" label={t("console.alarms.region")} {...fieldFailure(failures.region)}>
        <Select allowClear showSearch={{ optionFilterProp: "label" }} options={regions.data ?? []} />
      </Form.Item>
      <Form.Item
        name="enterpriseId"
        label={t("console.alarms.enterprise")}
        {...fieldFailure(failures.enterpriseId)}
      >
        <FirmSelect label={t("console.alarms.enterprise")} />
      </Form.Item>
      <Form.Item name="machineId" label={t("console.alarms.machine")} {...fieldFailure(failures.machineId)}>
        <MachineSelect label={t("console.alarms.machine")} />
      </Form.Item>
      <Form.Item
        name="kinds"
        label={t("console.alarms.kinds")}
        extra={t("console.alarms.kindsHint")}
        {...fieldFailure(failures.kinds)}
      >
        <Select
          mode="multiple"
          virtual={false}
          options={alarmKind.options.map((kind) => ({ value: kind, label: title(kind) }))}
        />
      </Form.Item>
      <Form.Item name="from" label={t("console.alarms.from")} {...fieldFailure(failures.from)}>
        <Input type="datetime-local" />
      </Form.Item>
      <SuppressionEnd failures={failures} />
    </>
  );
}

/** When it ends; the time of Asia/Shanghai. */
export function SuppressionEnd({ failures }: { failures: Record<string, string> }) {
  const { t } = useTranslation();
  return (
    <Form.Item name="to" label={t("console.alarms.to")} {...fieldFailure(failures.to)}>
      <Input type="datetime-local" />
    </Form.Item>
  );
}
