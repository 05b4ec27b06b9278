import type { ModelLookUp } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ratingOf } from "./rating.ts";

/** What is known of a model, and from where. */
export function ModelFactsPanel({ model }: { model: ModelLookUp }) {
  const { t } = useTranslation();
  const { facts } = model;
  const volts = facts.supplyVolts.length > 0 ? `${facts.supplyVolts.join(" / ")} V` : "–";
  return (
    <section className="panel" aria-labelledby="facts-title">
      <h2 id="facts-title" className="panel-title">
        {t("console.machineModels.facts")}
      </h2>
      <dl className="facts" data-testid="model-facts">
        <dt>{t("console.machineModels.standingTitle")}</dt>
        <dd>{t(`console.machineModels.standing.${model.standing}`)}</dd>
        <dt>{t("console.machine.process")}</dt>
        <dd>{facts.process ? t(`common.process.${facts.process}`) : "–"}</dd>
        <dt>{t("console.machineModels.rating")}</dt>
        <dd>{ratingOf(facts)}</dd>
        <dt>{t("console.machineModels.supply")}</dt>
        <dd>
          {facts.supplyPhases ? t("console.machineModels.phases", { phases: facts.supplyPhases }) : "–"} ·{" "}
          {volts}
        </dd>
        <dt>{t("console.machineModels.dutyCycle")}</dt>
        <dd>{facts.dutyCyclePercent === null ? "–" : `${facts.dutyCyclePercent} %`}</dd>
        <dt>{t("console.machineModels.sourceTitle")}</dt>
        <dd>{t(`console.machineModels.source.${facts.source}`)}</dd>
      </dl>
      <p className="model-machines">
        <Link to={`/machines?text=${encodeURIComponent(model.designation)}`}>
          {t("console.machineModels.seeMachines")}
        </Link>
      </p>
    </section>
  );
}
