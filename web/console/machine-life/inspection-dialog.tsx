import { machineLifeRoutes } from "@hanyouxu/api";
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { failedItem, ReasonDialog } from "../ui/reason-dialog.tsx";

interface Values {
  inspectedOn: string;
  inspectionDueOn: string;
  reason: string;
}

interface Props {
  machineId: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Records that a machine was inspected, and until when that holds. */
export function InspectionDialog({ machineId, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <ReasonDialog<Values, null>
      name="inspection"
      isOpen={isOpen}
      title={t("console.machineLife.recordInspection")}
      fields={(failures) =>
        (["inspectedOn", "inspectionDueOn"] as const).map((field) => (
          <Form.Item
            key={field}
            name={field}
            label={t(`console.machineLife.${field}`)}
            {...failedItem(failures[field])}
          >
            <Input type="date" />
          </Form.Item>
        ))
      }
      initial={{ inspectedOn: "", inspectionDueOn: "" }}
      send={(body) => api.call(machineLifeRoutes.recordInspection, { params: { machineId }, body })}
      onCancel={onClose}
      onDone={() => {
        onClose();
        for (const key of [["machine", machineId], ["inspections"]])
          void client.invalidateQueries({ queryKey: key });
      }}
    />
  );
}
