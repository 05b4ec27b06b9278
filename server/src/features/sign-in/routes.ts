import { signInRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { clearSessionCookie, sessionCookie, setSessionCookie } from "./cookie.ts";
import { requirePerson } from "./person.ts";
import { requestCode, verifyCode } from "./phone-code.ts";
import { endSession, ownSessions, personOfToken, type StartedSession } from "./session.ts";
import { describeMe } from "./sign-in.ts";
import { signInStaff } from "./staff.ts";

/** Finds out who sends each request to the API; to be called before any feature's routes. */
export function recognisePersons(server: FastifyInstance, ctx: AppContext): void {
  server.decorateRequest("person", undefined);
  server.addHook("preValidation", async (request) => {
    const token = request.cookies[sessionCookie];
    if (token && request.url.startsWith("/api/")) request.person = await personOfToken(ctx, token);
  });
}

export function registerSignIn(server: FastifyInstance, ctx: AppContext): void {
  const limit = addressLimit(ctx);
  // Messages under way: a graceful stop lets them leave.
  const sending = new Set<Promise<void>>();
  server.addHook("onClose", async () => {
    await Promise.all(sending);
  });

  handle(server, signInRoutes.requestCode, async (request) => {
    limit(request);
    const requested = await requestCode(ctx, request.body.phone);
    sending.add(requested.sending);
    void requested.sending.finally(() => sending.delete(requested.sending));
    return { expiresInSeconds: requested.expiresInSeconds, resendAfterSeconds: requested.resendAfterSeconds };
  });

  handle(server, signInRoutes.verifyCode, async (request, reply) => {
    limit(request);
    const session = await verifyCode(ctx, { ...request.body, device: deviceOf(request) });
    return await signedIn(ctx, request, reply, session);
  });

  handle(server, signInRoutes.signInStaff, async (request, reply) => {
    limit(request);
    const session = await signInStaff(ctx, { ...request.body, device: deviceOf(request) });
    return await signedIn(ctx, request, reply, session);
  });

  handle(server, signInRoutes.signOut, async (request, reply) => {
    const person = requirePerson(request);
    await endSession(ctx, person, person.signInId);
    clearSessionCookie(request, reply, ctx.config);
    return null;
  });

  handle(server, signInRoutes.me, async (request) => await describeMe(ctx, requirePerson(request)));

  handle(server, signInRoutes.listSignIns, async (request) => {
    const person = requirePerson(request);
    const sessions = await ownSessions(ctx, person);
    return {
      signIns: sessions.map((session) => ({
        signInId: session.sign_in_id,
        current: session.sign_in_id === person.signInId,
        method: session.method,
        startedAt: session.started_at.toISOString(),
        lastSeenAt: session.last_seen_at.toISOString(),
        expiresAt: session.expires_at.toISOString(),
        device: session.device,
        address: session.address,
      })),
    };
  });

  handle(server, signInRoutes.revokeSignIn, async (request) => {
    await endSession(ctx, requirePerson(request), request.params.signInId);
    return null;
  });
}

async function signedIn(
  ctx: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  session: StartedSession,
) {
  setSessionCookie(request, reply, ctx.config, session.token, session.expiresAt);
  const person = await personOfToken(ctx, session.token);
  if (!person) throw new Error("a session that was just opened is not valid");
  return { me: await describeMe(ctx, person), expiresAt: session.expiresAt.toISOString() };
}

function deviceOf(request: FastifyRequest) {
  return { userAgent: request.headers["user-agent"] ?? "", address: request.ip };
}

/** Guessing and flooding from one address. In the demo all the simulated people share this machine's. */
function addressLimit(ctx: AppContext): (request: FastifyRequest) => void {
  if (ctx.config.demo) return () => {};
  const limiter = new RateLimiter(ctx.clock, { burst: 20, perMinute: 20 });
  return (request) => limiter.take(request.ip);
}
