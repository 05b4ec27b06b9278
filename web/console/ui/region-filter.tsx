import { regionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import type { ListState } from "./use-list-state.ts";

/** Says which region the address narrows a list to, and takes that away. */
export function RegionFilter({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const code = list.text("region");
  const name = useQuery({
    queryKey: ["region-name", code],
    queryFn: ({ signal }) => api.call(regionRoutes.getRegion, { params: { code: code! }, signal }),
    enabled: code !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.name;
  if (code === undefined) return null;
  return (
    <Tag closable onClose={() => list.set({ region: undefined })} className="filter-tag">
      {t("console.wall.filter.region", { name: name ?? code })}
    </Tag>
  );
}
