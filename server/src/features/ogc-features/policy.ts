import { type OgcCollectionId, ogcCollectionGroups, ogcCollectionId } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import { AppError } from "../../errors.ts";
import type { SharingClient } from "../sharing/sharing.ts";
import {
  requireRole,
  requireSight,
  type Scope,
  STAFF_ROLES,
  sightOf,
  sightSummary,
} from "../sign-in/sign-in.ts";
import type { CollectionSight } from "./collections.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The department's program that asks, by its token, where no person does by a session. */
    gisProgram: SharingClient | undefined;
  }
}

/** Staff, or a department's program. */
type Asking = Pick<FastifyRequest, "person" | "gisProgram">;

const NOWHERE: Scope = { everywhere: false, regions: [], enterprises: [] };

/**
 * Which collections the caller may read.
 * @throws AppError sign_in.required, role.forbidden
 */
export function readableCollections(request: Asking): OgcCollectionId[] {
  const { gisProgram } = request;
  if (gisProgram) return ogcCollectionId.options.filter((id) => gisProgram.layers.includes(id));
  const { sees } = sightSummary(requireRole(request, ...STAFF_ROLES));
  return ogcCollectionId.options.filter((id) => ["rows", "personal"].includes(sees[ogcCollectionGroups[id]]));
}

/**
 * Who reads a collection, as the audit log names it, and what of it.
 * @throws AppError sign_in.required, role.forbidden, department.forbidden, api_client.resource_forbidden
 */
export function requireReader(
  request: Asking,
  id: OgcCollectionId,
): { actor: string; sight: CollectionSight } {
  const { gisProgram } = request;
  if (!gisProgram) {
    const { person, scope } = requireSight(request, ogcCollectionGroups[id]);
    return { actor: person.personId, sight: { scope, places: sightOf(person, "readings") } };
  }
  if (!gisProgram.layers.includes(id)) throw new AppError("api_client.resource_forbidden");
  const scope = { ...NOWHERE, regions: [gisProgram.region] };
  return {
    actor: `client:${gisProgram.clientId}`,
    sight: { scope, places: gisProgram.seesPlaces ? scope : NOWHERE },
  };
}
