import { staffAccountRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { type Person, requireRole } from "../sign-in/sign-in.ts";
import { MANAGERS, managedScope } from "./policy.ts";
import { countStaff, selectGrants, selectStaff } from "./queries.ts";
import {
  acceptInvitation,
  createInvitedStaff,
  grantRole,
  inviteAgain,
  openInvitation,
  requireStaff,
  setActive,
  staffAccountOf,
  withdrawRole,
} from "./staff-accounts.ts";

export function registerStaffAccounts(server: FastifyInstance, ctx: AppContext): void {
  // Whoever guesses tokens or the six digits of one invitation has few tries.
  const limiter = new RateLimiter(ctx.clock, { burst: 20, perMinute: 20 });
  const manager = (request: FastifyRequest) => requireRole(request, ...MANAGERS);

  async function accountFor(person: Person, personId: string, isNamed: boolean) {
    const { row, grants } = await requireStaff(ctx, person, personId);
    return staffAccountOf(ctx, person, row, grants, { isNamed });
  }

  handle(server, staffAccountRoutes.listStaff, async (request) => {
    const person = manager(request);
    const { page, pageSize, sort, ...query } = request.query;
    const filter = { ...query, scope: managedScope(person) };
    const rows = await selectStaff(ctx.db, filter, sort, { limit: pageSize, offset: (page - 1) * pageSize });
    const grants = await selectGrants(
      ctx.db,
      rows.map(({ person_id }) => person_id),
    );
    const items = rows.map((row) => staffAccountOf(ctx, person, row, grants));
    return { items, total: await countStaff(ctx.db, filter), page, pageSize };
  });

  handle(server, staffAccountRoutes.getStaff, async (request) => {
    const person = manager(request);
    const account = await accountFor(person, request.params.personId, true);
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "personal_data.read",
      subject: `person:${account.personId}`,
      details: { fields: ["name"], for: "staff-account" },
    });
    return account;
  });

  handle(server, staffAccountRoutes.createStaff, async (request) =>
    createInvitedStaff(ctx, manager(request), request.body),
  );

  handle(server, staffAccountRoutes.inviteAgain, async (request) =>
    inviteAgain(ctx, manager(request), request.params.personId),
  );

  handle(server, staffAccountRoutes.grantRole, async (request) => {
    const person = manager(request);
    await grantRole(ctx, person, request.params.personId, request.body);
    return await accountFor(person, request.params.personId, false);
  });

  handle(server, staffAccountRoutes.withdrawRole, async (request) => {
    const { personId, roleGrantId } = request.params;
    await withdrawRole(ctx, manager(request), personId, roleGrantId);
    return null;
  });

  handle(server, staffAccountRoutes.setActive, async (request) => {
    const person = manager(request);
    await setActive(ctx, person, request.params.personId, request.body.isActive);
    return await accountFor(person, request.params.personId, false);
  });

  handle(server, staffAccountRoutes.openInvitation, async (request) => {
    limiter.take(request.ip);
    return await openInvitation(ctx, request.body.token);
  });

  handle(server, staffAccountRoutes.acceptInvitation, async (request) => {
    limiter.take(request.ip);
    await acceptInvitation(ctx, request.body);
    return null;
  });
}
