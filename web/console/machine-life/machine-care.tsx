import type { MachineDetail } from "@hanyouxu/api";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import "../machine-models/machine-models.css";
import { ChipHistory } from "./chip-history.tsx";
import { InspectionDialog } from "./inspection-dialog.tsx";
import { TransferDialog } from "./transfer-dialog.tsx";

/** What keeps a machine in order: its inspection, its owner, its chips. */
export function MachineCare({ machine }: { machine: MachineDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<"inspection" | "transfer">();
  const close = () => setAsked(undefined);
  return (
    <section className="panel" aria-labelledby="care-title" data-testid="care">
      <h2 id="care-title" className="panel-title">
        {t("console.machineLife.care")}
      </h2>
      {machine.isInspectionOverdue ? (
        <Alert type="warning" showIcon title={t("console.machineLife.overdue")} />
      ) : null}
      <dl className="facts">
        <dt>{t("console.machineLife.serialNumber")}</dt>
        <dd>{machine.serialNumber ?? "–"}</dd>
        <dt>{t("console.machineLife.inspectedOn")}</dt>
        <dd>{machine.inspectedOn ?? "–"}</dd>
        <dt>{t("console.machineLife.inspectionDueOn")}</dt>
        <dd>{machine.inspectionDueOn ?? "–"}</dd>
      </dl>
      <ChipHistory machineId={machine.machineId} />
      {machine.mayEdit ? (
        <div className="care-actions">
          <Button onClick={() => void navigate(`/machines/${machine.machineId}/edit`)}>
            {t("console.machineLife.edit")}
          </Button>
          <Button onClick={() => setAsked("inspection")}>{t("console.machineLife.recordInspection")}</Button>
          <Button onClick={() => setAsked("transfer")}>{t("console.machineLife.offer")}</Button>
        </div>
      ) : null}
      <InspectionDialog machineId={machine.machineId} isOpen={asked === "inspection"} onClose={close} />
      <TransferDialog machineId={machine.machineId} isOpen={asked === "transfer"} onClose={close} />
    </section>
  );
}
