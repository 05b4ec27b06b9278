import type { MachineState } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { STATE_COLOURS } from "../../map/machine-paint.ts";

/** A machine's state as a coloured dot with its word; colour never stands alone. */
export function StateTag({ state }: { state: MachineState }) {
  const { t } = useTranslation();
  return (
    <span className="state-tag" data-state={state}>
      <span className="state-dot" style={{ background: STATE_COLOURS[state] }} aria-hidden="true" />
      {t(`common.state.${state}`)}
    </span>
  );
}
