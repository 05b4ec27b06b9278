import "./clearances.css";
import { clearanceRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { PhaseTag } from "./phase-tag.tsx";
import { isOver, OWN_CLEARANCES_KEY } from "./use-clearance.ts";

const FOLLOW_MS = 10_000;

/** The ways back to clearances that are still open; nothing where there is none. */
export function OpenClearances() {
  const { t } = useTranslation();
  const own = useQuery({
    queryKey: [...OWN_CLEARANCES_KEY, "open"],
    queryFn: ({ signal }) => api.call(clearanceRoutes.listOwnClearances, { query: { pageSize: 5 }, signal }),
    refetchInterval: FOLLOW_MS,
  });
  return own.data?.items
    .filter((clearance) => !isOver(clearance))
    .map(({ clearanceId, keyAreaName, phase }) => (
      <Link key={clearanceId} className="item-link clearance-link" to={`/clearances/${clearanceId}`}>
        <PhaseTag phase={phase} />
        <strong>{keyAreaName}</strong>
        <span>{t("mobile.clearances.toClearance")} →</span>
      </Link>
    ));
}
