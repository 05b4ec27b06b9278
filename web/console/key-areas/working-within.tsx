import { type AreaGeometry, cellsOfBox, type LiveMachine, MOST_CELLS } from "@hanyouxu/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLiveView, useLookAt } from "../../live/use-live.ts";
import { isWithinArea } from "../../map/within-area.ts";
import { StateTag } from "../ui/state-tag.tsx";

const AT_WORK = { states: "granted,energised,arcing" };

/** Machines that have power or are about to, near an area; live. */
export function useMachinesAtWork({ coordinates }: AreaGeometry): readonly LiveMachine[] {
  const cells = useMemo(() => {
    const numbers = coordinates.flat(Number.POSITIVE_INFINITY as 3) as unknown as number[];
    const [easts, norths] = [0, 1].map((which) => numbers.filter((_, index) => index % 2 === which));
    const box = {
      westDegrees: Math.min(...easts!),
      southDegrees: Math.min(...norths!),
      eastDegrees: Math.max(...easts!),
      northDegrees: Math.max(...norths!),
    };
    return cellsOfBox(box, MOST_CELLS) ?? [];
  }, [coordinates]);
  useLookAt({ cells, hasAlarms: false, filter: AT_WORK });
  const { machines } = useLiveView();
  return useMemo(() => [...machines.values()], [machines]);
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
