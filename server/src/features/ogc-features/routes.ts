import { type FieldGroup, type OgcCollectionId, ogcCollectionId, ogcFeatureRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { requireRole, requireSight, STAFF_ROLES, sightOf, sightSummary } from "../sign-in/sign-in.ts";
import { type CollectionSight, collectionOf, collections } from "./collections.ts";
import { CONFORMS_TO, itemLinks, pageLinks } from "./ogc-features.ts";

const groupOf = { "key-areas": "keyAreas", machines: "machines" } as const satisfies Record<
  OgcCollectionId,
  FieldGroup
>;

/** GeoJSON of key areas and machines for GIS clients, each caller's own reach of it, every reading in the audit log. */
export function registerOgcFeatures(server: FastifyInstance, ctx: AppContext): void {
  const baseOf = (request: FastifyRequest) =>
    `${ctx.config.http.publicUrl?.replace(/\/$/, "") ?? `${request.protocol}://${request.host}`}/api/ogc`;

  function sightOfCollection(request: FastifyRequest, id: OgcCollectionId) {
    const { person, scope } = requireSight(request, groupOf[id]);
    const sight: CollectionSight = { scope, places: sightOf(person, "readings") };
    return { person, sight };
  }

  async function note(actor: string, id: OgcCollectionId, details: Record<string, unknown>) {
    await ctx.audit.record(ctx.db, {
      actor,
      action: "ogc_features.read",
      subject: `ogc_collection:${id}`,
      details,
    });
  }

  handle(server, ogcFeatureRoutes.ogcLanding, async (request) => {
    requireRole(request, ...STAFF_ROLES);
    const base = baseOf(request);
    const isChinese = languageOf(request) === "zh-CN";
    return {
      title: isChinese ? "焊有序 OGC API Features" : "Hanyouxu OGC API Features",
      description: isChinese ? "重点区域与焊机图层" : "Key areas and machines",
      links: [
        { href: base, rel: "self", type: "application/json" },
        {
          href: base.replace(/ogc$/, "openapi.json"),
          rel: "service-desc",
          type: "application/vnd.oai.openapi+json;version=3.1",
        },
        { href: `${base}/conformance`, rel: "conformance", type: "application/json" },
        { href: `${base}/collections`, rel: "data", type: "application/json" },
      ],
    };
  });

  handle(server, ogcFeatureRoutes.ogcConformance, async (request) => {
    requireRole(request, ...STAFF_ROLES);
    return { conformsTo: CONFORMS_TO };
  });

  handle(server, ogcFeatureRoutes.ogcCollections, async (request) => {
    const person = requireRole(request, ...STAFF_ROLES);
    const { sees } = sightSummary(person);
    const seen = ogcCollectionId.options.filter((id) => ["rows", "personal"].includes(sees[groupOf[id]]));
    const base = baseOf(request);
    return {
      links: [{ href: `${base}/collections`, rel: "self", type: "application/json" }],
      collections: seen.map((id) => collectionOf(id, base, languageOf(request))),
    };
  });

  handle(server, ogcFeatureRoutes.ogcCollection, async (request) => {
    const { collectionId } = request.params;
    sightOfCollection(request, collectionId);
    return collectionOf(collectionId, baseOf(request), languageOf(request));
  });

  handle(server, ogcFeatureRoutes.ogcItems, async (request, reply) => {
    const { collectionId } = request.params;
    const { person, sight } = sightOfCollection(request, collectionId);
    const { matched, features } = await collections[collectionId].items(ctx, sight, request.query);
    const asked = new URLSearchParams(request.url.split("?")[1] ?? "");
    await note(person.personId, collectionId, {
      query: asked.toString().slice(0, 300),
      features: features.length,
    });
    reply.type("application/geo+json");
    return {
      type: "FeatureCollection" as const,
      features,
      links: pageLinks(`${baseOf(request)}/collections/${collectionId}/items`, asked, {
        ...request.query,
        matched,
      }),
      timeStamp: new Date(ctx.clock.nowMs()).toISOString(),
      numberMatched: matched,
      numberReturned: features.length,
    };
  });

  handle(server, ogcFeatureRoutes.ogcItem, async (request, reply) => {
    const { collectionId, featureId } = request.params;
    const { person, sight } = sightOfCollection(request, collectionId);
    const feature = await collections[collectionId].item(ctx, sight, featureId);
    await note(person.personId, collectionId, { id: featureId });
    reply.type("application/geo+json");
    return { ...feature, links: itemLinks(baseOf(request), collectionId, featureId) };
  });
}
