import { lookup } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";

export interface WebhookPost {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
}

/** Sends one message. @returns the receiver's status. @throws when none came or the address is refused */
export type PostWebhook = (post: WebhookPost) => Promise<number>;

/** Every address of a name. */
export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

const TIMEOUT_MS = 10_000;

const systemResolve: Resolve = async (hostname) => await lookup(hostname, { all: true });

/** Whether a webhook may be registered for this address: public https by its looks, or an origin that is allowed. */
export function mayPostTo(address: string, allowedOrigins: readonly string[]): boolean {
  const url = URL.parse(address);
  if (url?.username !== "" || url.password !== "") return false;
  if (allowedOrigins.includes(url.origin)) return true;
  const host = bareHost(url);
  if (isIP(host) !== 0) return url.protocol === "https:" && isPublicAddress(host);
  return (
    url.protocol === "https:" && host.includes(".") && !/\.(local|localhost|internal|lan)\.?$/.test(host)
  );
}

/**
 * Posts webhooks and reaches nothing inside: the address that was checked is the one connected to, so that a name
 * cannot point elsewhere a moment later; redirects are not followed; what the receiver says is not kept.
 */
export function webhookPoster(
  allowedOrigins: readonly string[],
  resolve: Resolve = systemResolve,
): PostWebhook {
  return async ({ url: address, headers, body }) => {
    if (!mayPostTo(address, allowedOrigins)) throw new Error("address refused");
    const url = new URL(address);
    const isAllowed = allowedOrigins.includes(url.origin);
    const request = url.protocol === "https:" ? httpsRequest : httpRequest;
    return await new Promise<number>((settle, fail) => {
      const sent = request(
        url,
        {
          method: "POST",
          agent: false,
          lookup: isAllowed ? lookupBy(resolve) : lookupBy(publicOnly(resolve)),
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: { ...headers, "content-length": Buffer.byteLength(body) },
        },
        (response) => {
          settle(response.statusCode ?? 0);
          response.destroy();
        },
      );
      sent.on("error", fail);
      sent.end(body);
    });
  };
}

function publicOnly(resolve: Resolve): Resolve {
  return async (hostname) => {
    const addresses = await resolve(hostname);
    // One inner address among public ones is a trap all the same.
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
      throw new Error("address refused");
    }
    return addresses;
  };
}

function lookupBy(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        if (options.all) return callback(null, [...addresses]);
        const [first] = addresses;
        if (!first) return callback(new Error("no address"), "", 0);
        return callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), "", 0),
    );
  };
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}
