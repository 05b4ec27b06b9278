import type { HotWorkPermitStatus } from "@hanyouxu/api";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

const COLOURS: Partial<Record<HotWorkPermitStatus, string>> = {
  submitted: "gold",
  approved: "green",
  suspended: "red",
  void: "red",
  rejected: "red",
};

export function PermitStatusTag({ status }: { status: HotWorkPermitStatus }) {
  const { t } = useTranslation();
  return (
    <Tag {...(COLOURS[status] ? { color: COLOURS[status] } : {})} data-permit-status={status}>
      {t(`common.permit.status.${status}`)}
    </Tag>
  );
}
