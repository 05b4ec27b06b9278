import { welderRoutes } from "@hanyouxu/api";
import { addDays, shanghaiDay } from "@hanyouxu/rules";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { certificateOf, selectCertificatesOf } from "../certificates/certificates.ts";
import { onlineSince } from "../machines/machines.ts";
import { privacyTextNow, standingPrivacyConsents } from "../personal-data/personal-data.ts";
import { forgetPhoto, pictureOf, withPhoto } from "../photos/photos.ts";
import {
  describeMe,
  isInScope,
  personNow,
  requirePerson,
  requireRole,
  requireSight,
  sightOf,
} from "../sign-in/sign-in.ts";
import { selectWorkSessions, workSessionOf } from "../work-sessions/work-sessions.ts";
import { countWelders, selectEmployers, selectWelders } from "./queries.ts";
import { registerWelder } from "./registration.ts";
import { findName, findWelderId, selectTownships, setPortrait } from "./registration-queries.ts";
import { shownWelder } from "./welder-view.ts";
import { welderOf } from "./welders.ts";

const LATEST_WORK = 20;
const SOON_DAYS = 30;
const LATER_DAYS = 90;

export function registerWelders(server: FastifyInstance, ctx: AppContext): void {
  // Trying identity numbers one after the other is stopped here.
  const attempts = new RateLimiter(ctx.clock, { burst: 10, perMinute: 1 });
  const portraits = new RateLimiter(ctx.clock, { burst: 5, perMinute: 1 });

  handle(server, welderRoutes.getRegistration, async (request) => {
    const { personId } = requirePerson(request);
    const townships = await selectTownships(ctx.db);
    return {
      isRegistered: (await findWelderId(ctx.db, personId)) !== undefined,
      name: ctx.personalData.open("name", await findName(ctx.db, personId)),
      consent: await privacyTextNow(ctx, ctx.db),
      townships: townships.map((row) => ({
        code: row.region_code,
        name: row.name,
        countyName: row.county_name ?? "",
      })),
    };
  });

  handle(server, welderRoutes.registerWelder, async (request) => {
    const { personId } = requirePerson(request);
    attempts.take(personId);
    await registerWelder(ctx, personId, request.body);
    const person = await personNow(ctx, request);
    if (!person) throw new AppError("sign_in.required");
    return await describeMe(ctx, person);
  });

  handle(server, welderRoutes.setPortrait, async (request) => {
    const person = requireRole(request, "welder");
    await welderOf(ctx, person);
    portraits.take(person.personId);
    const photo = {
      personId: person.personId,
      kind: "portrait" as const,
      picture: pictureOf(request.body.photo),
    };
    const replaced = await withPhoto(ctx, photo, async (tx, blobId) => {
      const before = await setPortrait(tx, person.personId, blobId!);
      await ctx.audit.record(tx, {
        actor: person.personId,
        action: "welder.portrait_set",
        subject: `person:${person.personId}`,
      });
      return before;
    });
    if (replaced !== null) await forgetPhoto(ctx, replaced);
    return null;
  });

  handle(server, welderRoutes.listWelders, async (request) => {
    const { scope } = requireSight(request, "people");
    const { page, pageSize, sort, number, isAtWork, ...query } = request.query;
    // Who may not count machines is not told which of them are under power.
    if (isAtWork !== undefined) requireSight(request, "machines", "counts");
    const filter = {
      ...query,
      ...today(),
      ...(number ? { numberIndexes: indexesOf(number) } : {}),
      ...(isAtWork === undefined ? {} : { work: { isAtWork, heardSince: onlineSince(ctx.clock.nowMs()) } }),
      scope,
    };
    const rows = await selectWelders(ctx.db, filter, sort, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => shownWelder(ctx, row));
    return { items, total: await countWelders(ctx.db, filter), page, pageSize };
  });

  handle(server, welderRoutes.getWelder, async (request) => {
    const { person, scope } = requireSight(request, "people");
    const sessionsSeen = sightOf(person, "sessions");
    const filter = { welderId: request.params.welderId, ...today() };
    const [row] = await selectWelders(ctx.db, filter, "createdAt", 1, 0);
    if (!row) throw new AppError("welder.not_found");
    const [reached] = await selectWelders(ctx.db, { ...filter, scope }, "createdAt", 1, 0);
    if (!reached) throw new AppError("region.out_of_scope");
    const [employers, certificates, sessions, consents] = [
      await selectEmployers(ctx.db, row.welder_id),
      await selectCertificatesOf(ctx.db, row.welder_id),
      await selectWorkSessions(ctx.db, { welderId: row.welder_id, scope: sessionsSeen }, LATEST_WORK, 0),
      await standingPrivacyConsents(ctx, row.person_id),
    ];
    return {
      ...shownWelder(ctx, row),
      enterprises: employers.map(({ enterprise_id, name }) => ({ enterpriseId: enterprise_id, name })),
      certificates: certificates.map((certificate) => certificateOf(ctx, certificate)),
      workSessions: sessions.map((session) =>
        workSessionOf(ctx, session, {
          isNamed: isInScope(scope, session.region_code, session.enterprise_id),
        }),
      ),
      consents,
    };
  });

  function today() {
    const day = shanghaiDay(ctx.clock.nowMs());
    return { today: day, soon: addDays(day, SOON_DAYS), later: addDays(day, LATER_DAYS) };
  }

  function indexesOf(number: string) {
    const { personalData } = ctx;
    const text = number.replaceAll(/\s/g, "").toUpperCase();
    return {
      phone: personalData.blindIndex("phone", text),
      identity: personalData.blindIndex("identity-number", text),
      certificate: personalData.blindIndex("certificate-number", text),
    };
  }
}
