import type { Region } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** A region's name, which leads to what lies below it, and the names it had. */
export function RegionName({ region }: { region: Region }) {
  const { t } = useTranslation();
  const names = region.formerNames.map(({ name }) => name).join(" · ");
  return (
    <>
      {region.hasChildren ? (
        <Link to={`/regions?parent=${region.code}`}>{region.name}</Link>
      ) : (
        <span>{region.name}</span>
      )}
      {names ? (
        <span className="region-note">{t("console.governance.regions.formerName", { names })}</span>
      ) : null}
    </>
  );
}
