import { machineModelRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";

/** Who changed a profile, when and why. */
export function ProfileVersions({ profileKey }: { profileKey: string }) {
  const { t } = useTranslation();
  const versions = useQuery({
    queryKey: ["profile", profileKey],
    queryFn: ({ signal }) => api.call(machineModelRoutes.getProfile, { params: { profileKey }, signal }),
  });
  if (versions.isError) return <Failure error={versions.error} onRetry={versions.refetch} />;
  return (
    <ul className="profile-versions soft small">
      {versions.data?.versions.map((version) => (
        <li key={version.version}>
          {t("console.machineModels.version", {
            version: version.version,
            at: dateTime(version.changedAt),
            by: version.changedBy ?? t("console.machineModels.platform"),
          })}
          {version.changedBy === null ? null : ` · ${version.changeReason}`}
        </li>
      ))}
    </ul>
  );
}
