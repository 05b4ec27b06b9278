import { sharedDataRoutes } from "@hanyouxu/api";

/** The errors of RFC 6749 §5.2 that can come of a token request. */
export type TokenError = "invalid_request" | "invalid_client" | "unsupported_grant_type";

export type TokenRequest = { ok: true; clientId: string; secret: string } | { ok: false; error: TokenError };

/**
 * Client id and secret of a token request: from HTTP Basic or from the form, never both (RFC 6749 §2.3).
 * @param form the body as sent; a parameter that comes twice makes it invalid (§3.2)
 */
export function readTokenRequest(authorization: string | undefined, form: string): TokenRequest {
  const parameters = new URLSearchParams(form);
  const names = [...parameters.keys()];
  if (new Set(names).size !== names.length) return { ok: false, error: "invalid_request" };
  const grant = parameters.get("grant_type");
  if (grant === null) return { ok: false, error: "invalid_request" };
  if (grant !== "client_credentials") return { ok: false, error: "unsupported_grant_type" };
  const parsed = sharedDataRoutes.issueToken.form.safeParse(Object.fromEntries(parameters));
  if (!parsed.success) return { ok: false, error: "invalid_request" };
  const { client_id, client_secret } = parsed.data;
  const basic = authorization === undefined ? undefined : readBasic(authorization);
  if (basic && client_secret !== undefined) return { ok: false, error: "invalid_request" };
  if (authorization !== undefined && !basic) return { ok: false, error: "invalid_client" };
  if (basic) return { ok: true, ...basic };
  if (client_id === undefined || client_secret === undefined) return { ok: false, error: "invalid_client" };
  return { ok: true, clientId: client_id, secret: client_secret };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Both halves are form-encoded inside the base64 (§2.3.1). */
function readBasic(authorization: string): { clientId: string; secret: string } | undefined {
  const [scheme = "", encoded = ""] = authorization.split(" ");
  if (scheme.toLowerCase() !== "basic") return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 0) return undefined;
  const [clientId, secret] = [text.slice(0, colon), text.slice(colon + 1)].map(
    (part) => new URLSearchParams(`v=${part}`).get("v") ?? "",
  );
  if (clientId === undefined || secret === undefined || !UUID.test(clientId)) return undefined;
  return { clientId, secret };
}
