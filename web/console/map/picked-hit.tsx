import type { MapHit } from "@hanyouxu/api";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

const pathOf: Partial<Record<MapHit["kind"], string>> = {
  enterprise: "/enterprises",
  keyArea: "/key-areas",
  fireStation: "/fire-stations",
};

/** What was searched for and is no machine, with the way to its page. */
export function PickedHit({ hit, onClose }: { hit: MapHit; onClose: () => void }) {
  const { t } = useTranslation();
  const path = pathOf[hit.kind];
  return (
    <section className="panel picked" aria-labelledby="hit-title" data-testid="picked-hit">
      <h2 id="hit-title" className="panel-title">
        {hit.name}
      </h2>
      <p>{[t(`console.mapTools.kind.${hit.kind}`), hit.detail].filter(Boolean).join(" · ")}</p>
      {hit.place ? null : <p>{t("console.mapTools.noPlace")}</p>}
      <p className="picked-ways">
        {path ? <Link to={`${path}/${hit.id}`}>{t("console.mapTools.openHit")} →</Link> : <span />}
        <Button size="small" onClick={onClose}>
          {t("common.close")}
        </Button>
      </p>
    </section>
  );
}
