import { type MachineDetail, type MachineStep, machineLifeRoutes } from "@hanyouxu/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { ReasonDialog } from "../ui/reason-dialog.tsx";

/** The steps of a machine's life that are possible now and open to this person. */
export function StepButtons({ machine: { machineId, steps } }: { machine: MachineDetail }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [asked, setAsked] = useState<MachineStep>();
  return (
    <>
      {steps.map((step) => (
        <Button key={step} danger={step === "scrap"} onClick={() => setAsked(step)}>
          {t(`console.machineLife.step.${step}`)}
        </Button>
      ))}
      {asked ? (
        <ReasonDialog
          name="machine-step"
          isOpen
          title={t(`console.machineLife.step.${asked}`)}
          lead={t(`console.machineLife.stepLead.${asked}`)}
          isDanger={asked === "scrap"}
          send={({ reason }: { reason: string }) =>
            api.call(machineLifeRoutes.takeMachineStep, {
              params: { machineId },
              body: { step: asked, reason },
            })
          }
          onCancel={() => setAsked(undefined)}
          onDone={({ status }) => {
            setAsked(undefined);
            void message.success(
              t("console.machineLife.nowIs", { status: t(`console.machineStatus.${status}`) }),
            );
            void client.invalidateQueries({ queryKey: ["machine", machineId] });
          }}
        />
      ) : null}
    </>
  );
}
