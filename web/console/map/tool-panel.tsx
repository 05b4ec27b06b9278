import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { lengthMetres, lengthText } from "../../map/line-length.ts";
import type { MapToolState } from "./use-map-tool.ts";

/** Selecting and measuring, with a way for each that needs no mouse. */
export function ToolPanel({ state, box }: { state: MapToolState; box: string }) {
  const { t } = useTranslation();
  const { tool, line } = state;
  return (
    <section className="panel map-tools" aria-labelledby="tools-title" data-testid="map-tools">
      <h2 id="tools-title" className="panel-title">
        {t("console.mapTools.tools")}
      </h2>
      {tool === null ? (
        <div className="map-filter-ways">
          <Button size="small" onClick={() => state.open("select")}>
            {t("console.mapTools.select")}
          </Button>
          <Button size="small" onClick={() => state.open("measure")}>
            {t("console.mapTools.measure")}
          </Button>
        </div>
      ) : (
        <>
          <p className="map-hint">
            {t(tool === "select" ? "console.mapTools.drawHint" : "console.mapTools.measureHint")}
          </p>
          {tool === "measure" ? (
            <p className="map-length" aria-live="polite">
              {t("console.mapTools.distance")}{" "}
              <strong data-testid="map-length">{lengthText(lengthMetres(line))}</strong>
            </p>
          ) : null}
          <div className="map-filter-ways">
            {tool === "select" ? (
              <Button size="small" disabled={box === ""} onClick={() => state.addBox(box)}>
                {t("console.mapTools.selectFrame")}
              </Button>
            ) : (
              <>
                <Button size="small" onClick={state.addCentre}>
                  {t("console.mapTools.addCentre")}
                </Button>
                <Button size="small" disabled={line.length === 0} onClick={state.undo}>
                  {t("console.mapTools.undo")}
                </Button>
              </>
            )}
            <Button size="small" onClick={state.clear}>
              {t("console.mapTools.clear")}
            </Button>
            <Button size="small" type="primary" onClick={state.close}>
              {t("console.mapTools.done")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
