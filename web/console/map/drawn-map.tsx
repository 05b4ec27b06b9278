import type { MapConfig, SentMapFilter } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { CanvasMap } from "../../map/canvas/canvas-map.tsx";
import type { FlightTarget } from "../../map/fly-to.tsx";

interface Props {
  config: MapConfig;
  filter: SentMapFilter;
  target: FlightTarget | null;
  onPick: (machineIds: string[]) => void;
  onPickCell: (cell: string) => void;
}

/** The console's map where WebGL 2 is missing. */
export function DrawnMap({ config, filter, target, onPick, onPickCell }: Props) {
  const { t } = useTranslation();
  const { centre } = config;
  return (
    <CanvasMap
      centre={[centre.longitudeDegrees, centre.latitudeDegrees]}
      zoom={centre.zoom}
      filter={filter}
      target={target}
      words={{
        label: t("console.map.label"),
        notice: t("console.mapTools.drawn.notice"),
        help: t("console.mapTools.drawn.help"),
        zoomIn: t("console.mapTools.drawn.zoomIn"),
        zoomOut: t("console.mapTools.drawn.zoomOut"),
        failed: t("console.mapTools.drawn.failed"),
      }}
      onPick={onPick}
      onPickCell={onPickCell}
    />
  );
}
