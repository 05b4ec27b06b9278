import type { MachineSheet } from "@hanyouxu/api";
import { formatMachineCode, type MachineCode } from "@hanyouxu/protocol";
import { useTranslation } from "react-i18next";

const TONES: Partial<Record<MachineSheet["state"], string>> = {
  tampered: "tag-stop",
  faulted: "tag-stop",
  locked: "tag-warn",
  arcing: "tag-go",
  energised: "tag-go",
  granted: "tag-go",
};

/** What machine this is, whose it is, and whether somebody has it. */
export function MachineFacts({ sheet }: { sheet: MachineSheet }) {
  const { t } = useTranslation();
  const holder = sheet.ownWorkSessionId ? "heldByMe" : sheet.isHeldByOther ? "heldByOther" : "free";
  return (
    <section className="card stack">
      <div className="row">
        <h2 className="machine-name">{sheet.name}</h2>
        <span className={`tag ${TONES[sheet.state] ?? ""}`} data-state={sheet.state}>
          {t(`common.state.${sheet.state}`)}
        </span>
      </div>
      <dl className="facts">
        <dt>{t("mobile.machine.owner")}</dt>
        <dd>{sheet.enterpriseName}</dd>
        <dt>{t("mobile.machine.model")}</dt>
        <dd>{sheet.model}</dd>
        <dt>{t("mobile.machine.process")}</dt>
        <dd>{t(`common.process.${sheet.process}`)}</dd>
        <dt>{t("mobile.machine.holder")}</dt>
        <dd>{t(`mobile.machine.${holder}`)}</dd>
        <dt>{t("mobile.machine.code")}</dt>
        <dd>{formatMachineCode(sheet.machineCode as MachineCode)}</dd>
      </dl>
      {sheet.isInspectionOverdue ? (
        <p className="notice-warn">{t("mobile.machine.inspectionOverdue")}</p>
      ) : null}
      {sheet.state === "offline" ? <p className="notice-warn">{t("mobile.machine.offlineHint")}</p> : null}
    </section>
  );
}
