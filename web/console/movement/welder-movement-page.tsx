import { movementRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { MovementFacts } from "./movement-facts.tsx";
import { MovementKindTag } from "./movement-kind.tsx";
import { useMovementReason } from "./use-movement-reason.ts";
import { WorkPlaces } from "./work-places.tsx";

/** Why one welder is taken to be fixed or mobile. */
export function WelderMovementPage() {
  const { t } = useTranslation();
  const reasonOf = useMovementReason();
  const welderId = useParams().welderId ?? "";
  const movement = useQuery({
    queryKey: ["movement", "welder", welderId],
    queryFn: ({ signal }) => api.call(movementRoutes.getWelderMovement, { params: { welderId }, signal }),
  });
  const shown = movement.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{shown?.name ?? t("console.movement.welders")}</h1>
        {shown ? <MovementKindTag kind={shown.kind} /> : null}
      </header>
      {movement.isPending ? <Spin description={t("common.loading")} /> : null}
      {movement.isError ? <Failure error={movement.error} onRetry={movement.refetch} /> : null}
      {shown ? (
        <div className="machine-columns">
          <section className="panel" aria-labelledby="finding-title">
            <h2 id="finding-title" className="panel-title">
              {t("console.movement.finding")}
            </h2>
            <p className="movement-reason">
              {reasonOf({ ...shown, isUndecided: shown.kind === "undecided" })}
            </p>
            <MovementFacts figures={shown}>
              <dt>{t("console.welders.list.name")}</dt>
              <dd>
                <Link to={`/welders/${welderId}`}>{shown.name}</Link>
              </dd>
            </MovementFacts>
          </section>
          <WorkPlaces places={shown.places} />
        </div>
      ) : null}
    </main>
  );
}
