import { type ModelCoverage, machineModelRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { modelPath } from "./model-path.ts";

const GAPS_SHOWN = 8;

/** How much of the fleet can be fitted by the book, how far that is proven, and what is missing. */
export function CoverageStrip() {
  const { t } = useTranslation();
  const coverage = useQuery({
    queryKey: ["model-coverage"],
    queryFn: ({ signal }) => api.call(machineModelRoutes.modelCoverage, { signal }),
  });
  if (coverage.isError) return <Failure error={coverage.error} onRetry={coverage.refetch} />;
  const shown = coverage.data;
  return (
    <section className="coverage" aria-label={t("console.machineModels.coverage")} aria-busy={!shown}>
      <div className="panel coverage-figure" data-testid="coverage">
        <p className="coverage-share">{shown ? shareOf(shown) : "–"}</p>
        <p>{t("console.machineModels.coverage")}</p>
        <p className="soft small">
          {shown
            ? t("console.machineModels.coverageCount", {
                covered: count(shown.coveredMachines),
                all: count(shown.machines),
              })
            : t("common.loading")}
        </p>
        <p className="small is-warn">
          {shown ? t("console.machineModels.provenCount", { proven: count(shown.provenMachines) }) : null}
        </p>
      </div>
      <div className="panel coverage-gaps">
        <h2 className="panel-title">{t("console.machineModels.gaps")}</h2>
        {shown?.gaps.length === 0 ? <p className="soft">{t("console.machineModels.noGaps")}</p> : null}
        <ul className="gap-list" data-testid="gaps">
          {shown?.gaps.slice(0, GAPS_SHOWN).map((gap) => (
            <li key={gap.designation}>
              <Link to={modelPath(gap.designation)}>{gap.designation}</Link>
              <span className="soft"> {t(`console.machineModels.standing.${gap.standing}`)}</span>
              <strong>{t("console.machineModels.pieces", { count: gap.machines })}</strong>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** Rounded down: 100 % only when every machine is covered. */
function shareOf({ machines, coveredMachines }: ModelCoverage): string {
  if (machines === 0) return "–";
  return `${(Math.floor((coveredMachines / machines) * 1_000) / 10).toFixed(1)} %`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
