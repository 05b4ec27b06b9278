import type { LiveMachine, MachineState } from "@hanyouxu/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { MACHINE_STATES, STATE_COLOURS } from "../../map/machine-paint.ts";

interface Props {
  machines: Iterable<LiveMachine>;
  hidden: ReadonlySet<MachineState>;
  onToggle: (state: MachineState) => void;
}

/** What the colours mean, how many machines have each, and a switch to hide them. */
export function Legend({ machines, hidden, onToggle }: Props) {
  const { t } = useTranslation();
  const counts = useMemo(() => {
    const found = new Map<MachineState, number>();
    for (const { state } of machines) found.set(state, (found.get(state) ?? 0) + 1);
    return found;
  }, [machines]);
  return (
    <section className="panel legend" aria-labelledby="legend-title">
      <h2 id="legend-title" className="panel-title">
        {t("console.map.legend")}
      </h2>
      <ul>
        {MACHINE_STATES.map((state) => (
          <li key={state}>
            <button type="button" aria-pressed={!hidden.has(state)} onClick={() => onToggle(state)}>
              <span
                className="state-dot"
                style={{ background: hidden.has(state) ? "none" : STATE_COLOURS[state] }}
                aria-hidden="true"
              />
              <span>{t(`common.state.${state}`)}</span>
              <span className="legend-count">{(counts.get(state) ?? 0).toLocaleString("en-US")}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
