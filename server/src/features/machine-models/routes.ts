import { type MachineModelRow, machineModelRoutes, modelPictureRoutes, type Role } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { requireRole, requireSight, STAFF_ROLES } from "../sign-in/sign-in.ts";
import {
  coverageOf,
  describeModel,
  type FleetModel,
  fleetModels,
  lookUpModel,
  profileOf,
  profileVersions,
  saveProfile,
} from "./machine-models.ts";
import { addModelPicture, openModelPicture } from "./model-pictures.ts";
import { selectProfiles } from "./queries.ts";

/** Who looks models up: everybody who registers machines or fits chips. */
const READERS = [...STAFF_ROLES, "installer"] as const satisfies Role[];
/** Who writes the catalogue, which is the platform's and lies in no region. */
const EDITORS = ["operator", "regulator"] as const satisfies Role[];

/** @throws AppError role.forbidden, department.forbidden; region.out_of_scope for a role that reaches nothing */
function requireEditor(request: Pick<FastifyRequest, "person">) {
  const { person, scope } = requireSight(request, "machines", "rows", EDITORS);
  const { everywhere, regions } = scope;
  if (!everywhere && regions.length === 0) throw new AppError("region.out_of_scope");
  return person;
}

export function registerMachineModels(server: FastifyInstance, ctx: AppContext): void {
  handle(server, machineModelRoutes.lookUpModel, async (request) => {
    requireRole(request, ...READERS);
    return await lookUpModel(ctx, request.query.model);
  });

  handle(server, machineModelRoutes.listModels, async (request) => {
    const { scope } = requireSight(request, "machines", "counts");
    const { page, pageSize, sort, isCovered, standing, process, text } = request.query;
    const wanted = text?.toUpperCase();
    const models = (await fleetModels(ctx, scope)).filter(
      (model) =>
        (isCovered === undefined || (model.profile !== undefined) === isCovered) &&
        (standing === undefined || model.standing === standing) &&
        (process === undefined || model.facts.process === process) &&
        (!wanted || model.designation.toUpperCase().includes(wanted)),
    );
    models.sort(inOrder(sort));
    const items = models.slice((page - 1) * pageSize, page * pageSize).map(rowOf);
    return { items, total: models.length, page, pageSize };
  });

  handle(server, machineModelRoutes.modelCoverage, async (request) =>
    coverageOf(ctx, requireSight(request, "machines", "counts").scope),
  );

  handle(server, machineModelRoutes.describeModel, async (request) => {
    const { personId } = requireEditor(request);
    const { reason, ...facts } = request.body;
    return await describeModel(ctx, request.query.model, facts, reason, personId);
  });

  handle(server, machineModelRoutes.listProfiles, async (request) => {
    requireRole(request, ...READERS);
    return { profiles: (await selectProfiles(ctx.db)).map((row) => profileOf(ctx, row)) };
  });

  handle(server, machineModelRoutes.getProfile, async (request) => {
    requireRole(request, ...READERS);
    return { versions: await profileVersions(ctx, request.params.profileKey) };
  });

  handle(server, machineModelRoutes.saveProfile, async (request) => {
    const { personId } = requireEditor(request);
    return await saveProfile(ctx, { ...request.params, ...request.body, actor: personId });
  });

  registerPictures(server, ctx);
}

function registerPictures(server: FastifyInstance, ctx: AppContext): void {
  // Each stores a file; a profile has thirty steps at most.
  const uploads = new RateLimiter(ctx.clock, { burst: 40, perMinute: 10 });

  handle(server, modelPictureRoutes.addModelPicture, async (request) => {
    const { personId } = requireEditor(request);
    uploads.take(personId);
    return { pictureKey: await addModelPicture(ctx, request.body.photo, personId) };
  });

  handle(server, modelPictureRoutes.getModelPicture, async (request, reply) => {
    requireRole(request, ...READERS);
    const { type, bytes } = await openModelPicture(ctx, request.params.pictureKey);
    void reply
      .type(type)
      .header("content-disposition", "inline")
      .header("cache-control", "private, max-age=31536000, immutable");
    return Buffer.from(bytes);
  });
}

function rowOf({ profile, ...model }: FleetModel): MachineModelRow {
  return {
    ...model,
    profileKey: profile?.profile_key ?? null,
    profileTitle: profile?.content.title ?? null,
  };
}

type Sort = "machines" | "-machines" | "designation" | "-designation";

function inOrder(sort: Sort): (a: FleetModel, b: FleetModel) => number {
  const sign = sort.startsWith("-") ? -1 : 1;
  const byName = (a: FleetModel, b: FleetModel) =>
    a.designation < b.designation ? -1 : a.designation > b.designation ? 1 : 0;
  if (sort.endsWith("designation")) return (a, b) => sign * byName(a, b);
  return (a, b) => sign * (a.machines - b.machines) || byName(a, b);
}
