import { createECDH, createHash } from "node:crypto";
import webPush from "web-push";
import type { PostWebhook } from "../outbound/post-webhook.ts";
import { type Channel, NotTaken, type OutgoingMessage, type PushTarget } from "./channel.ts";

export interface PushOptions {
  /** 32 bytes: the private key of VAPID (RFC 8292), P-256. */
  key: Uint8Array;
  /** Whom push services write to about trouble: `mailto:…` or `https://…` (RFC 8292 §2.1). */
  contact: string;
  /** Endpoints are named by browsers, that is by anybody: it must reach nothing inside. */
  post: PostWebhook;
}

/** What a page subscribes with: the public key, uncompressed, base64url. */
export function pushPublicKey(key: Uint8Array): string {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(key);
  return ecdh.getPublicKey().toString("base64url");
}

const URGENCY = { danger: "high", warning: "normal", notice: "low" } as const;
/** A danger that a phone hears of later than this is no news; the app has it all the same. */
const KEPT_SECONDS = { danger: 3_600, warning: 86_400, notice: 86_400 } as const;

/** Web Push: encrypted for the browser (RFC 8291), signed for its push service (RFC 8292, RFC 8030). */
export function pushChannel({ key, contact, post }: PushOptions): Channel {
  const vapidDetails = {
    subject: contact,
    publicKey: pushPublicKey(key),
    privateKey: Buffer.from(key).toString("base64url"),
  };

  async function push(target: PushTarget, message: OutgoingMessage): Promise<number> {
    const { title, body, tag, messageId, severity } = message;
    const details = webPush.generateRequestDetails(
      { endpoint: target.endpoint, keys: target.keys },
      JSON.stringify({ title, body, tag, messageId, severity }),
      { vapidDetails, TTL: KEPT_SECONDS[severity], urgency: URGENCY[severity], topic: topicOf(tag) },
    );
    const headers = Object.entries(details.headers).map(([name, value]) => [name, String(value)] as const);
    const url = details.endpoint;
    return await post({ url, headers: Object.fromEntries(headers), body: details.body! });
  }

  return {
    isRepeatable: true,
    async send({ pushTargets }, message) {
      if (pushTargets.length === 0) throw new NotTaken("no-push-target", { isFinal: true });
      const statuses = await Promise.all(
        pushTargets.map((target) => push(target, message).catch((error: unknown) => reasonOf(error))),
      );
      const goneTargets = pushTargets
        .filter((_, index) => isGone(statuses[index]!))
        .map(({ pushSubscriptionId }) => pushSubscriptionId);
      if (statuses.some(isTaken)) return { goneTargets };
      if (goneTargets.length === pushTargets.length) return { goneTargets, isUnheard: true };
      const failure = statuses.find((status) => !isGone(status))!;
      throw new NotTaken(typeof failure === "number" ? `http-${failure}` : failure, { isUnknown: true });
    },
  };
}

const isTaken = (status: number | string) => typeof status === "number" && status >= 200 && status < 300;
/** RFC 8030 §7.3: the subscription is no more. */
const isGone = (status: number | string) => status === 404 || status === 410;

/** At most 32 characters of base64url (RFC 8030 §5.4): a newer message replaces one that was not delivered yet. */
function topicOf(tag: string): string {
  return createHash("sha256").update(tag).digest("base64url").slice(0, 32);
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string") return code;
  return error instanceof Error && error.message === "address refused" ? "address-refused" : "unreachable";
}
