import { type MachineMovementDetail, movementRoutes } from "@hanyouxu/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { failedItem, ReasonDialog } from "../ui/reason-dialog.tsx";

interface Values {
  kind: "mobile" | "fixed";
  reason: string;
}

/** Says by hand what the machine is, or lets the classifier's finding count again. */
export function OverrideButtons({ movement }: { movement: MachineMovementDetail }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [open, setOpen] = useState<"set" | "clear">();
  const params = { machineId: movement.machineId };
  const onDone = () => {
    setOpen(undefined);
    void message.success(t("console.movement.override.done"));
    void client.invalidateQueries({ queryKey: ["movement"] });
  };
  const onCancel = () => setOpen(undefined);
  return (
    <>
      <Button type="primary" onClick={() => setOpen("set")}>
        {t("console.movement.override.set")}
      </Button>
      {movement.override ? (
        <Button onClick={() => setOpen("clear")}>{t("console.movement.override.clear")}</Button>
      ) : null}
      <ReasonDialog<Values, MachineMovementDetail>
        name="override-movement"
        isOpen={open === "set"}
        title={t("console.movement.override.set")}
        lead={t("console.movement.override.lead")}
        initial={{ kind: movement.kind === "mobile" ? "fixed" : "mobile" }}
        fields={(failures) => (
          <Form.Item name="kind" label={t("console.movement.counts")} {...failedItem(failures.kind)}>
            <Radio.Group
              options={(["mobile", "fixed"] as const).map((kind) => ({
                value: kind,
                label: t(`console.movement.kind.${kind}`),
              }))}
            />
          </Form.Item>
        )}
        send={(body) => api.call(movementRoutes.overrideMachineMovement, { params, body })}
        onDone={onDone}
        onCancel={onCancel}
      />
      <ReasonDialog<{ reason: string }, MachineMovementDetail>
        name="clear-movement"
        isOpen={open === "clear"}
        title={t("console.movement.override.clear")}
        lead={t("console.movement.override.clearLead")}
        send={(body) => api.call(movementRoutes.clearMachineMovement, { params, body })}
        onDone={onDone}
        onCancel={onCancel}
      />
    </>
  );
}
