import { machineRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime, measured } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { StateTag } from "../ui/state-tag.tsx";

/** The machine that was clicked, with its readings of this second. */
export function PickedMachine({ machineId, onClose }: { machineId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const machine = useQuery({
    queryKey: ["machine", machineId],
    queryFn: ({ signal }) => api.call(machineRoutes.getMachine, { params: { machineId }, signal }),
  });
  const shown = machine.data;
  return (
    <section
      className="panel picked"
      aria-label={shown?.name ?? t("common.loading")}
      data-testid="picked-machine"
    >
      {machine.isError ? <Failure error={machine.error} onRetry={machine.refetch} /> : null}
      {machine.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {shown ? (
        <>
          <h2 className="panel-title">{shown.name}</h2>
          <p>
            <StateTag state={shown.state} />
          </p>
          <dl className="facts">
            <dt>{t("console.machine.enterprise")}</dt>
            <dd>{shown.enterpriseName}</dd>
            <dt>{t("console.machine.model")}</dt>
            <dd>{shown.model}</dd>
            <dt>{t("console.machine.process")}</dt>
            <dd>{t(`common.process.${shown.process}`)}</dd>
            <dt>{t("console.machine.current")}</dt>
            <dd>{measured(shown.readings?.currentAmps, "A")}</dd>
            <dt>{t("console.machine.voltage")}</dt>
            <dd>{measured(shown.readings?.voltageVolts, "V", 1)}</dd>
            <dt>{t("console.session.welder")}</dt>
            <dd>{shown.workSession?.welderName ?? "–"}</dd>
            <dt>{t("console.machine.heardAt")}</dt>
            <dd>{shown.heardAt ? dateTime(shown.heardAt) : t("console.machine.never")}</dd>
          </dl>
          <p className="picked-ways">
            <Link to={`/machines/${machineId}`}>{t("console.map.open")} →</Link>
            <Button size="small" onClick={onClose}>
              {t("common.close")}
            </Button>
          </p>
        </>
      ) : null}
    </section>
  );
}
