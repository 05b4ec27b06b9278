import type { HotWorkPermitStatus } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";

const TONES: Partial<Record<HotWorkPermitStatus, string>> = {
  approved: "tag-go",
  submitted: "tag-warn",
  suspended: "tag-stop",
  void: "tag-stop",
  rejected: "tag-stop",
};

export function PermitStatusTag({ status }: { status: HotWorkPermitStatus }) {
  const { t } = useTranslation();
  return (
    <span className={`tag ${TONES[status] ?? ""}`} data-permit-status={status}>
      {t(`common.permit.status.${status}`)}
    </span>
  );
}
