import type { MachineDetail } from "@hanyouxu/api";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";
import { useEndReason } from "../../ui/use-end-reason.ts";

/** The gas cut that holds the machine, and how far its inspection has come; nothing where there is none. */
export function OpenGasCut({ machine: { openGasCut } }: { machine: MachineDetail }) {
  const { t } = useTranslation();
  const answerText = useEndReason();
  if (!openGasCut) return null;
  const { occurredAt, gasLelPercent, inspectedAt, inspectionAnswer } = openGasCut;
  return (
    <Alert
      type="error"
      showIcon
      title={t("console.gasCut.title", { at: dateTime(occurredAt), percent: gasLelPercent })}
      description={
        inspectedAt === null
          ? t("console.gasCut.uninspected")
          : inspectionAnswer === null
            ? t("console.gasCut.told", { at: dateTime(inspectedAt) })
            : t("console.gasCut.answered", {
                at: dateTime(inspectedAt),
                answer: answerText(inspectionAnswer),
              })
      }
    />
  );
}
