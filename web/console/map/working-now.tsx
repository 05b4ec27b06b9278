import type { LiveMachine } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { measured } from "../../ui/format.ts";

/** The machines with the strongest arcs at this moment. */
export function WorkingNow({
  working,
  onPick,
}: {
  working: readonly LiveMachine[];
  onPick: (id: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="working-title">
      <h2 id="working-title" className="panel-title">
        {t("console.map.workingNow")}
      </h2>
      {working.length === 0 ? <p className="soft">{t("console.map.nobodyWorking")}</p> : null}
      <ul className="short-list">
        {working.map((machine) => (
          <li key={machine.id}>
            <button type="button" onClick={() => onPick(machine.id)}>
              <span className="short-name">{machine.name}</span>
              <span className="short-figure">{measured(machine.currentAmps, "A")}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
