import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { LiveView } from "../../live/live-store.ts";
import { maySee } from "../../ui/may-see.ts";
import { useMe } from "../../ui/use-me.ts";
import { KpiStrip } from "./kpi-strip.tsx";
import { LatestRefusals } from "./latest-refusals.tsx";
import { LayerPanel } from "./layer-panel.tsx";
import { Legend } from "./legend.tsx";
import { MapFilters } from "./map-filters.tsx";
import { MapSearch } from "./map-search.tsx";
import { PickedHit } from "./picked-hit.tsx";
import { PickedList } from "./picked-list.tsx";
import { PickedMachine } from "./picked-machine.tsx";
import { PickedSquareList } from "./picked-square.tsx";
import { SelectionPanel } from "./selection-panel.tsx";
import { ToolPanel } from "./tool-panel.tsx";
import type { MapFilterState } from "./use-map-filter.ts";
import type { MapLayers } from "./use-map-layers.ts";
import type { MapToolState } from "./use-map-tool.ts";
import type { Picked } from "./use-picked.ts";
import { WorkingNow } from "./working-now.tsx";

interface Props {
  live: LiveView;
  filter: MapFilterState;
  layers: MapLayers;
  tool: MapToolState;
  box: string;
  /** Layers and tools are drawn by MapLibre; the plain canvas has machines alone. */
  isPlain: boolean;
  picked: Picked;
}

/** What stands beside the map: figures, what is shown of it, and what was picked. */
export function MapPanels({ live, filter, layers, tool, box, isPlain, picked }: Props) {
  const { t } = useTranslation();
  const { machines, counters, states, strongest } = live;
  const me = useMe().data ?? undefined;
  const maySelect = maySee(me, "machines");
  const { square, hit, machineId, several } = picked;
  return (
    <>
      <KpiStrip counters={counters} />
      <div className="map-left">
        {maySelect ? <MapSearch onPick={picked.pickHit} /> : null}
        <MapFilters state={filter} />
        {maySelect && !isPlain ? <ToolPanel state={tool} box={box} /> : null}
        {isPlain ? null : <LayerPanel me={me} on={layers.on} box={box} onToggle={layers.toggle} />}
        <Legend counts={states} hidden={filter.hidden} onToggle={filter.toggle} />
        <Link className="panel wall-way" to="/wall">
          {t("console.wall.open")}
        </Link>
        <WorkingNow working={strongest} onPick={(id) => picked.pick([id])} />
      </div>
      <div className="map-right">
        {tool.ring ? <SelectionPanel ring={tool.ring} filter={filter.filter} /> : null}
        {square ? (
          <PickedSquareList picked={square} onNearer={() => picked.goNearer(square)} onClose={picked.close} />
        ) : null}
        {hit ? <PickedHit hit={hit} onClose={picked.close} /> : null}
        {machineId === null ? null : <PickedMachine machineId={machineId} onClose={picked.close} />}
        {several.length > 1 && machineId === null ? (
          <PickedList
            machines={several.map((machine) => machines.get(machine.id) ?? machine)}
            onPick={picked.pickMachine}
            onClose={picked.close}
          />
        ) : null}
        {maySee(me, "decisions") ? <LatestRefusals count={counters?.refusedToday ?? undefined} /> : null}
      </div>
    </>
  );
}
