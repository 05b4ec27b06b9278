import type { FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../../config/config.ts";

export const sessionCookie = "hy_session";

/** HttpOnly, SameSite=Strict, and Secure wherever the pages are served by https. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  config: Config,
  token: string,
  expiresAt: Date,
): void {
  reply.setCookie(sessionCookie, token, { ...attributes(request, config), expires: expiresAt });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply, config: Config): void {
  reply.clearCookie(sessionCookie, attributes(request, config));
}

function attributes(request: FastifyRequest, config: Config) {
  const secure = config.http.publicUrl?.startsWith("https:") ?? request.protocol === "https";
  return { path: "/", httpOnly: true, sameSite: "strict", secure } as const;
}
