import type { StaffGrant } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { useDepartments } from "./use-departments.ts";

/** A role with where it holds and for which department. */
export function GrantText({ grant }: { grant: StaffGrant }) {
  const { t } = useTranslation();
  const { nameOf } = useDepartments();
  const parts = [
    t(`common.role.${grant.role}`),
    grant.regionName ?? grant.region ?? t("console.governance.staff.wholePlatform"),
    nameOf(grant.department),
  ];
  return <span>{parts.filter(Boolean).join(" · ")}</span>;
}
