import type { OgcCollectionId, OgcLink } from "@hanyouxu/api";

/** What of the standard holds (OGC 17-069r4, Annex A). The description is OpenAPI 3.1, for which there is no class. */
export const CONFORMS_TO = [
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
];

/** Links of a page of features: itself, the next and the one before, where there are such. */
export function pageLinks(
  itemsUrl: string,
  query: URLSearchParams,
  { limit, offset, matched }: { limit: number; offset: number; matched: number },
): OgcLink[] {
  const link = (rel: string, at: number): OgcLink => {
    const asked = new URLSearchParams(query);
    asked.set("limit", String(limit));
    asked.set("offset", String(at));
    return { href: `${itemsUrl}?${asked}`, rel, type: "application/geo+json" };
  };
  return [
    link("self", offset),
    ...(offset + limit < matched ? [link("next", offset + limit)] : []),
    ...(offset > 0 ? [link("prev", Math.max(0, offset - limit))] : []),
  ];
}

/** Links of one feature. */
export function itemLinks(base: string, collectionId: OgcCollectionId, id: string): OgcLink[] {
  const collection = `${base}/collections/${collectionId}`;
  return [
    { href: `${collection}/items/${id}`, rel: "self", type: "application/geo+json" },
    { href: collection, rel: "collection", type: "application/json" },
  ];
}
