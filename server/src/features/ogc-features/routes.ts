import { type OgcCollectionId, ogcFeatureRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { bearerGate } from "../../http/bearer-gate.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { clientOfToken } from "../sharing/sharing.ts";
import { collectionOf, collections } from "./collections.ts";
import { CONFORMS_TO, itemLinks, pageLinks } from "./ogc-features.ts";
import { readableCollections, requireReader } from "./policy.ts";

/**
 * GeoJSON of key areas and machines for GIS clients, each caller's own reach of it, every reading in the audit log. Callers
 * are staff by their session, and departments' programs by their token.
 */
export function registerOgcFeatures(server: FastifyInstance, ctx: AppContext): void {
  server.decorateRequest("gisProgram", undefined);
  void server.register(async (scope) => {
    const gate = bearerGate(ctx.clock, (token) => clientOfToken(ctx, token));
    // Before validation: a stranger learns nothing about what a route would accept.
    scope.addHook("preValidation", async (request, reply) => {
      const isProgram = /^Bearer /i.test(request.headers.authorization ?? "");
      if (isProgram) request.gisProgram = await gate(request, reply);
      else await refuseStrangers(request);
    });
    registerRoutes(scope, ctx);
  });
}

function registerRoutes(server: FastifyInstance, ctx: AppContext): void {
  const baseOf = (request: FastifyRequest) =>
    `${ctx.config.http.publicUrl?.replace(/\/$/, "") ?? `${request.protocol}://${request.host}`}/api/ogc`;

  async function note(actor: string, id: OgcCollectionId, details: Record<string, unknown>) {
    await ctx.audit.record(ctx.db, {
      actor,
      action: "ogc_features.read",
      subject: `ogc_collection:${id}`,
      details,
    });
  }

  handle(server, ogcFeatureRoutes.ogcLanding, async (request) => {
    readableCollections(request);
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
    readableCollections(request);
    return { conformsTo: CONFORMS_TO };
  });

  handle(server, ogcFeatureRoutes.ogcCollections, async (request) => {
    const base = baseOf(request);
    return {
      links: [{ href: `${base}/collections`, rel: "self", type: "application/json" }],
      collections: readableCollections(request).map((id) => collectionOf(id, base, languageOf(request))),
    };
  });

  handle(server, ogcFeatureRoutes.ogcCollection, async (request) => {
    const { collectionId } = request.params;
    requireReader(request, collectionId);
    return collectionOf(collectionId, baseOf(request), languageOf(request));
  });

  handle(server, ogcFeatureRoutes.ogcItems, async (request, reply) => {
    const { collectionId } = request.params;
    const { actor, sight } = requireReader(request, collectionId);
    const { matched, features } = await collections[collectionId].items(ctx, sight, request.query);
    const asked = new URLSearchParams(request.url.split("?")[1] ?? "");
    await note(actor, collectionId, {
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
    const { actor, sight } = requireReader(request, collectionId);
    const feature = await collections[collectionId].item(ctx, sight, featureId);
    await note(actor, collectionId, { id: featureId });
    reply.type("application/geo+json");
    return { ...feature, links: itemLinks(baseOf(request), collectionId, featureId) };
  });
}
