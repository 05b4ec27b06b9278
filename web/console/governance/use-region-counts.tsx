import { type RegionCounts, regionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";

type Kind = "machines" | "enterprises" | "welders";
const KINDS = ["machines", "enterprises", "welders"] as const satisfies Kind[];

/** How much lies below a region within the caller's reach: the whole as figures, and each child's. */
export function useRegionCounts(parent: string | undefined): {
  whole: ReactNode;
  below(code: string, kind: Kind): string;
} {
  const { t } = useTranslation();
  const counts = useQuery({
    queryKey: ["region-counts", parent],
    queryFn: ({ signal }) => api.call(regionRoutes.countInRegions, { query: { parent }, signal }),
    placeholderData: (previous) => previous,
  }).data;
  const said = (count: number | null | undefined) =>
    count === null ? t("console.governance.regions.mayNotCount") : (count ?? 0).toLocaleString("en-US");
  const children = new Map<string, RegionCounts>(counts?.children.map((child) => [child.code, child]));
  return {
    whole: counts ? (
      <section className="region-counts" aria-label={t("console.governance.regions.below")}>
        {KINDS.map((kind) => (
          <p key={kind} className="panel region-count" data-count={kind}>
            <strong>{said(counts.whole[kind])}</strong>
            {t(`console.governance.regions.${kind}`)} · {t("console.governance.regions.below")}
          </p>
        ))}
      </section>
    ) : null,
    below: (code, kind) =>
      counts?.whole[kind] === null
        ? t("console.governance.regions.mayNotCount")
        : said(children.get(code)?.[kind]),
  };
}
