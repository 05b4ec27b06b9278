import type { MachineState, StateCounts } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { MACHINE_STATES, STATE_COLOURS } from "../../map/machine-paint.ts";

interface Props {
  counts: StateCounts | null;
  hidden: ReadonlySet<MachineState>;
  onToggle: (state: MachineState) => void;
}

/** What the colours mean, how many machines have each, and a switch to hide them. */
export function Legend({ counts, hidden, onToggle }: Props) {
  const { t } = useTranslation();
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
              <span className="legend-count">{counts?.[state].toLocaleString("en-US") ?? "–"}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
