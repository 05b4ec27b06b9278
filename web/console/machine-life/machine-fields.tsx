import { machineModelRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Alert, Form, Input, Select, Switch } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { modelPath } from "../machine-models/model-path.ts";
import { ratingOf } from "../machine-models/rating.ts";
import { useWords } from "../machine-models/use-words.ts";
import { PROCESSES } from "../machines/processes.ts";
import { failedItem } from "../ui/reason-dialog.tsx";

export interface MachineValues {
  name: string;
  model: string;
  process?: (typeof PROCESSES)[number];
  serialNumber?: string;
  isMobile: boolean;
}

/** What the nameplate says: the designation is read as it is typed, and fills in the process. */
export function MachineFields({ failures }: { failures: Record<string, string> }) {
  const { t } = useTranslation();
  const words = useWords();
  const form = Form.useFormInstance<MachineValues>();
  const model = Form.useWatch("model", form)?.trim() ?? "";
  const read = useQuery({
    queryKey: ["model", model],
    queryFn: ({ signal }) => api.call(machineModelRoutes.lookUpModel, { query: { model }, signal }),
    enabled: model.length > 1,
  });
  const told = read.data?.facts.process;
  useEffect(() => {
    if (told) form.setFieldValue("process", told);
  }, [told, form]);
  return (
    <>
      <Form.Item name="name" label={t("console.machineLife.name")} {...failedItem(failures.name)}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        name="model"
        label={t("console.machine.model")}
        extra={t("console.machineLife.modelHint")}
        {...failedItem(failures.model)}
      >
        <Input maxLength={60} />
      </Form.Item>
      {read.data ? (
        <Alert
          className="model-read"
          type={read.data.problem ? "warning" : read.data.profile ? "success" : "info"}
          showIcon
          title={
            read.data.problem
              ? words(read.data.problem)
              : `${read.data.designation} · ${ratingOf(read.data.facts)}`
          }
          description={
            read.data.suggestion ? (
              t("console.machineModels.suggestion", { designation: read.data.suggestion })
            ) : read.data.profile ? (
              <Link to={modelPath(read.data.designation)}>{words(read.data.profile.content.title)}</Link>
            ) : (
              t("console.machineModels.uncovered")
            )
          }
        />
      ) : null}
      <Form.Item name="process" label={t("console.machine.process")} {...failedItem(failures.process)}>
        <Select
          allowClear
          options={PROCESSES.map((value) => ({ value, label: t(`common.process.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="serialNumber"
        label={t("console.machineLife.serialNumber")}
        {...failedItem(failures.serialNumber)}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="isMobile" label={t("console.machine.isMobile")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}
