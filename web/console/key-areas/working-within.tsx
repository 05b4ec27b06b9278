import type { AreaGeometry, LiveMachine, MachineState } from "@hanyouxu/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLiveView } from "../../live/use-live.ts";
import { isWithinArea } from "../../map/within-area.ts";
import { StateTag } from "../ui/state-tag.tsx";

const AT_WORK: ReadonlySet<MachineState> = new Set(["granted", "energised", "arcing"]);

/** Machines that have power or are about to, wherever they are; live. */
export function useMachinesAtWork(): readonly LiveMachine[] {
  const { machines } = useLiveView();
  return useMemo(() => [...machines.values()].filter(({ state }) => AT_WORK.has(state)), [machines]);
}

/** Which of them are within the area just now, by where they were last heard from: what the map shows, in words. */
export function WorkingWithin({
  geometry,
  machines,
}: {
  geometry: AreaGeometry;
  machines: readonly LiveMachine[];
}) {
  const { t } = useTranslation();
  const within = machines.filter((machine) => isWithinArea(geometry, machine));
  return (
    <section className="panel" data-testid="working-within" aria-labelledby="working-within-title">
      <h2 id="working-within-title" className="panel-title">
        {t("console.keyAreas.working.title", { count: within.length })}
      </h2>
      <p className="soft small">{t("console.keyAreas.working.lead")}</p>
      <ul className="area-contacts">
        {within.map(({ id, name, state }) => (
          <li key={id}>
            <Link to={`/machines/${id}`}>{name}</Link> <StateTag state={state} />
          </li>
        ))}
      </ul>
    </section>
  );
}
