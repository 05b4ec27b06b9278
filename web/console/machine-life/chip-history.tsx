import { machineLifeRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";

/** Which chip sat in the machine, from when to when. */
export function ChipHistory({ machineId }: { machineId: string }) {
  const { t } = useTranslation();
  const history = useQuery({
    queryKey: ["machine", machineId, "chips"],
    queryFn: ({ signal }) => api.call(machineLifeRoutes.listChipFittings, { params: { machineId }, signal }),
  });
  if (history.isError) return <Failure error={history.error} onRetry={history.refetch} />;
  return (
    <>
      <h3 className="profile-subtitle">{t("console.machineLife.chips")}</h3>
      {history.data?.fittings.length === 0 ? (
        <p className="soft">{t("console.machineLife.noChips")}</p>
      ) : null}
      <ul className="fitting-list">
        {history.data?.fittings.map((fitting) => (
          <li key={`${fitting.chipId} ${fitting.fittedAt}`}>
            <span className="code">{fitting.chipId}</span>{" "}
            <span className="soft small">
              {shortDateTime(fitting.fittedAt)} – {fitting.removedAt ? shortDateTime(fitting.removedAt) : ""}
              {fitting.removal ? ` ${t(`console.machineLife.removal.${fitting.removal}`)}` : null}
              {fitting.wasRevoked ? ` · ${t("console.machineLife.revoked")}` : null}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
