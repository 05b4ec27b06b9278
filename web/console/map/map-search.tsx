import { type MapHit, type MapHitKind, mapHitKind, mapPageRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { useSettled } from "../../ui/use-settled.ts";
import { Failure } from "../ui/failure.tsx";

/** Who still types is not answered. */
const WAIT_MS = 250;

/** Finds machines, firms, regions, key areas and stations; choosing one brings it into view. */
export function MapSearch({ onPick }: { onPick: (hit: MapHit) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const asked = useSettled(text.trim(), WAIT_MS);
  const found = useQuery({
    queryKey: ["map-search", asked],
    queryFn: ({ signal }) => api.call(mapPageRoutes.searchMap, { query: { text: asked }, signal }),
    enabled: asked !== "",
    placeholderData: (before) => before,
  });
  const hits = asked === "" ? [] : (found.data?.items ?? []);
  const groups = mapHitKind.options.flatMap((kind) => groupOf(kind, hits));

  function groupOf(kind: MapHitKind, all: readonly MapHit[]) {
    const options = all
      .filter((hit) => hit.kind === kind)
      .map((hit) => ({ value: `${kind} ${hit.id}`, label: <Hit hit={hit} /> }));
    return options.length > 0 ? [{ label: t(`console.mapTools.kind.${kind}`), options }] : [];
  }
  function choose(value: string) {
    const hit = hits.find(({ kind, id }) => `${kind} ${id}` === value);
    if (!hit) return;
    setText(hit.name);
    onPick(hit);
  }
  const isNothing = asked !== "" && found.isSuccess && !found.isPlaceholderData && hits.length === 0;
  return (
    <div className="map-search" data-testid="map-search">
      <AutoComplete
        value={text}
        options={groups}
        onSelect={choose}
        onChange={setText}
        notFoundContent={isNothing ? t("console.mapTools.nothingFound") : null}
        popupMatchSelectWidth={340}
        style={{ width: "100%" }}
      >
        <Input.Search
          allowClear
          aria-label={t("console.mapTools.search")}
          placeholder={t("console.mapTools.search")}
          loading={found.isFetching}
        />
      </AutoComplete>
      {found.isError ? <Failure error={found.error} onRetry={found.refetch} /> : null}
    </div>
  );
}

function Hit({ hit }: { hit: MapHit }) {
  const { t } = useTranslation();
  return (
    <span className="map-hit">
      <span className="map-hit-name">{hit.name}</span>
      <span className="map-hit-detail">
        {hit.detail}
        {hit.place ? "" : ` · ${t("console.mapTools.noPlace")}`}
      </span>
    </span>
  );
}
