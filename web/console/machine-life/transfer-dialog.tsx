import { type MachineTransfer, machineLifeRoutes } from "@hanyouxu/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { failedItem, ReasonDialog } from "../ui/reason-dialog.tsx";

interface Props {
  machineId: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Offers a machine to the enterprise with a credit code; that one's officer takes it or not. */
export function TransferDialog({ machineId, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  return (
    <ReasonDialog<{ toUscc: string; reason: string }, MachineTransfer>
      name="transfer"
      isOpen={isOpen}
      title={t("console.machineLife.offer")}
      lead={t("console.machineLife.offerLead")}
      initial={{ toUscc: "" }}
      fields={(failures) => (
        <Form.Item name="toUscc" label={t("console.machineLife.toUscc")} {...failedItem(failures.toUscc)}>
          <Input maxLength={18} />
        </Form.Item>
      )}
      send={(body) => api.call(machineLifeRoutes.offerTransfer, { params: { machineId }, body })}
      onCancel={onClose}
      onDone={({ toName }) => {
        onClose();
        void message.success(t("console.machineLife.offered", { to: toName }));
        for (const key of [["machine", machineId], ["transfers"]])
          void client.invalidateQueries({ queryKey: key });
      }}
    />
  );
}
