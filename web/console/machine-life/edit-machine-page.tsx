import { machineLifeRoutes, machineRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import "../machine-models/machine-models.css";
import { Failure } from "../ui/failure.tsx";
import { failedItem } from "../ui/reason-dialog.tsx";
import { MachineFields, type MachineValues } from "./machine-fields.tsx";

type Values = MachineValues & { reason: string };

/** Corrects what was registered of a machine; code, chip and history stay. */
export function EditMachinePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const machineId = useParams().machineId ?? "";
  const machine = useQuery({
    queryKey: ["machine", machineId],
    queryFn: ({ signal }) => api.call(machineRoutes.getMachine, { params: { machineId }, signal }),
  });
  const edit = useMutation({
    mutationFn: (body: Values) => api.call(machineLifeRoutes.editMachine, { params: { machineId }, body }),
    onSuccess: () => {
      for (const key of [["machine", machineId], ["machines"], ["models"], ["model-coverage"]])
        void client.invalidateQueries({ queryKey: key });
      void navigate(`/machines/${machineId}`);
    },
  });
  const failures = fieldFailures(edit.error);
  const shown = machine.data;
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.machineLife.edit")}</h1>
      {machine.isPending ? <Spin description={t("common.loading")} /> : null}
      {machine.isError ? <Failure error={machine.error} onRetry={machine.refetch} /> : null}
      {shown ? (
        <section className="panel machine-form">
          <Form<Values>
            name="machine"
            layout="vertical"
            requiredMark={false}
            initialValues={{
              name: shown.name,
              model: shown.model,
              process: shown.process,
              serialNumber: shown.serialNumber ?? "",
              isMobile: shown.isMobile,
              reason: "",
            }}
            onFinish={(values) => edit.mutate(values)}
          >
            <MachineFields failures={failures} />
            <Form.Item
              name="reason"
              label={t("console.command.reason")}
              extra={t("console.command.reasonHint")}
              {...failedItem(failures.reason)}
            >
              <Input.TextArea rows={2} maxLength={200} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={edit.isPending}>
              {t("console.machineModels.save")}
            </Button>
          </Form>
          {edit.isError && Object.keys(failures).length === 0 ? (
            <Alert type="error" showIcon title={failureText(edit.error)} />
          ) : null}
        </section>
      ) : null}
    </main>
  );
}
