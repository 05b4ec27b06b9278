import { type MachineMovementDetail, movementRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Alert, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { MovementFacts } from "./movement-facts.tsx";
import { MovementKindTag } from "./movement-kind.tsx";
import { OverrideButtons } from "./override-buttons.tsx";
import { useMovementReason } from "./use-movement-reason.ts";
import { WorkPlaces } from "./work-places.tsx";

/** Why one machine is taken to be fixed or mobile, and the word of who knows better. */
export function MachineMovementPage() {
  const { t } = useTranslation();
  const machineId = useParams().machineId ?? "";
  const movement = useQuery({
    queryKey: ["movement", "machine", machineId],
    queryFn: ({ signal }) => api.call(movementRoutes.getMachineMovement, { params: { machineId }, signal }),
  });
  const shown = movement.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{shown?.machineName ?? t("console.tab.movement")}</h1>
        {shown ? (
          <>
            <MovementKindTag kind={shown.kind} isByHand={shown.isOverridden} />
            {shown.mayOverride ? (
              <div className="page-actions">
                <OverrideButtons movement={shown} />
              </div>
            ) : null}
          </>
        ) : null}
      </header>
      {movement.isPending ? <Spin description={t("common.loading")} /> : null}
      {movement.isError ? <Failure error={movement.error} onRetry={movement.refetch} /> : null}
      {shown ? (
        <div className="machine-columns">
          <div className="machine-side">
            <Finding movement={shown} />
            {shown.override ? <Override override={shown.override} /> : null}
          </div>
          <WorkPlaces places={shown.places} />
        </div>
      ) : null}
    </main>
  );
}

function Finding({ movement }: { movement: MachineMovementDetail }) {
  const { t } = useTranslation();
  const reasonOf = useMovementReason();
  return (
    <section className="panel" aria-labelledby="finding-title">
      <h2 id="finding-title" className="panel-title">
        {t("console.movement.finding")}
      </h2>
      <p className="movement-reason" data-testid="movement-reason">
        {reasonOf({ ...movement, isUndecided: movement.foundKind === "undecided" })}
      </p>
      {movement.simulatedDays > 0 ? (
        <Alert
          className="movement-simulated"
          type="info"
          title={t("console.movement.simulated", { days: movement.simulatedDays })}
        />
      ) : null}
      <MovementFacts figures={movement}>
        <dt>{t("console.movement.found")}</dt>
        <dd>{t(`console.movement.kind.${movement.foundKind}`)}</dd>
        <dt>{t("console.movement.registered")}</dt>
        <dd>{t(`console.movement.kind.${movement.isRegisteredMobile ? "mobile" : "fixed"}`)}</dd>
        <dt>{t("console.machine.name")}</dt>
        <dd>
          <Link to={`/machines/${movement.machineId}`}>{movement.machineName}</Link>
        </dd>
        <dt>{t("console.machine.model")}</dt>
        <dd>{movement.model}</dd>
        <dt>{t("console.machine.enterprise")}</dt>
        <dd>{movement.enterpriseName}</dd>
      </MovementFacts>
    </section>
  );
}

function Override({ override }: { override: NonNullable<MachineMovementDetail["override"]> }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="override-title" data-testid="override">
      <h2 id="override-title" className="panel-title">
        {t("console.movement.byHand")}
      </h2>
      <dl className="facts">
        <dt>{t("console.movement.counts")}</dt>
        <dd>{t(`console.movement.kind.${override.kind}`)}</dd>
        <dt>{t("console.command.reason")}</dt>
        <dd>{override.reason}</dd>
        <dt>{t("console.movement.override.by")}</dt>
        <dd>{override.setByName}</dd>
        <dt>{t("console.movement.override.at")}</dt>
        <dd>{dateTime(override.setAt)}</dd>
      </dl>
    </section>
  );
}
