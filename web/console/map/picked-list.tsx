import type { LiveMachine } from "@hanyouxu/api";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { StateTag } from "../ui/state-tag.tsx";

interface Props {
  machines: readonly LiveMachine[];
  onPick: (machineId: string) => void;
  onClose: () => void;
}

/** The machines under one cluster: the only way to tell apart those that stand on the same spot. */
export function PickedList({ machines, onPick, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <section className="panel picked" aria-labelledby="pick-title" data-testid="picked-list">
      <h2 id="pick-title" className="panel-title">
        {t("console.map.pick")} · {t("console.map.pickCount", { count: machines.length })}
      </h2>
      <ul className="short-list picked-list">
        {machines.map((machine) => (
          <li key={machine.id}>
            <button type="button" onClick={() => onPick(machine.id)}>
              <span className="short-name">{machine.name}</span>
              <StateTag state={machine.state} />
            </button>
          </li>
        ))}
      </ul>
      <Button size="small" onClick={onClose}>
        {t("common.close")}
      </Button>
    </section>
  );
}
