import { gasInspectionRoutes, machineRoutes } from "@hanyouxu/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { ReasonDialog } from "../ui/reason-dialog.tsx";

/** Those that stop nobody. */
const RELEASING: readonly string[] = ["unlock", "inspectGas"];

const ROUTES = {
  stop: machineRoutes.stopMachine,
  lock: machineRoutes.lockMachine,
  unlock: machineRoutes.unlockMachine,
  inspectGas: gasInspectionRoutes.inspectGasCut,
} as const;

/** A remote command: says what it does and asks for the reason that goes into the audit log. */
export function CommandButton({ machineId, command }: { machineId: string; command: keyof typeof ROUTES }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        danger={!RELEASING.includes(command)}
        type={command === "stop" ? "primary" : "default"}
        onClick={() => setIsOpen(true)}
      >
        {t(`console.command.${command}`)}
      </Button>
      <ReasonDialog
        name={`command-${command}`}
        isOpen={isOpen}
        title={t(`console.command.${command}`)}
        lead={t(`console.command.${command}Lead`)}
        isDanger={!RELEASING.includes(command)}
        send={(body: { reason: string }) => api.call(ROUTES[command], { params: { machineId }, body })}
        onCancel={() => setIsOpen(false)}
        onDone={({ commandId }) => {
          setIsOpen(false);
          void message.success(commandId ? t("console.command.sent") : t("console.command.sentOffline"));
          void client.invalidateQueries({ queryKey: ["machine", machineId] });
        }}
      />
    </>
  );
}
