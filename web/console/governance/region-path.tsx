import { regionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";

/** The way down from the whole country to the region whose children are shown. */
export function RegionPath({ parent }: { parent: string | undefined }) {
  const { t } = useTranslation();
  const region = useQuery({
    queryKey: ["region", parent],
    queryFn: ({ signal }) => api.call(regionRoutes.getRegion, { params: { code: parent! }, signal }),
    enabled: parent !== undefined,
  });
  const steps = parent === undefined || !region.data ? [] : [...region.data.path, region.data];
  if (region.isError) return <Failure error={region.error} onRetry={region.refetch} />;
  return (
    <nav aria-label={t("console.governance.regions.path")}>
      <ol className="region-path">
        <li>
          <Link to="/regions">{t("console.governance.regions.country")}</Link>
        </li>
        {steps.map(({ code, name }) => (
          <li key={code}>
            <Link to={`/regions?parent=${code}`} aria-current={code === parent ? "page" : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
