import type { MessageChannel } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import {
  countGathered,
  type DueMessage,
  dangerKey,
  isOursToPlan,
  type Plan,
  type PlanFacts,
  raiseDigests,
  savePlans,
  selectDue,
  selectPlanFacts,
  selectSameDangers,
} from "./plan-queries.ts";
import { channelsFor, defaultPreferences, type TellingPreferences } from "./preferences.ts";
import { insertMessages } from "./queries.ts";
import { quietUntilMs } from "./quiet-hours.ts";

type PlanContext = Pick<AppContext, "db" | "clock" | "newId" | "channels">;

/** So many messages that are no dangers go out to a person in a window; the rest come as one. */
export const MOST_IN_WINDOW = 6;
export const WINDOW_MS = 3_600_000;
/** So many dangers ring one by one for a person in a window; the rest come together, once a minute. */
export const MOST_DANGERS_IN_WINDOW = 10;
export const DANGER_WINDOW_MS = 600_000;
export const DANGER_DIGEST_MS = 60_000;
/** A danger of the same template about the same thing rings no phone again for so long. */
export const SAME_DANGER_MS = 600_000;
const AT_ONCE = 200;

interface Person {
  preferences: TellingPreferences;
  reaches: MessageChannel[];
  wentOutMs: number[];
  dangersOut: number;
  digestId: string | undefined;
  dangerDigestId: string | undefined;
}

/**
 * Decides for each message that is due by which channels it goes out, or until when it is held, or what stands for it.
 * @returns how many were decided
 */
export async function planMessages(ctx: PlanContext): Promise<number> {
  let planned = 0;
  for (;;) {
    const count = await ctx.db.transaction().execute((tx) => planSome(ctx, tx));
    planned += count;
    if (count < AT_ONCE) return planned;
  }
}

async function planSome(ctx: PlanContext, tx: Kysely<Tables>): Promise<number> {
  if (!(await isOursToPlan(tx))) return 0;
  const nowMs = ctx.clock.nowMs();
  const due = await selectDue(tx, new Date(nowMs), AT_ONCE);
  if (due.length === 0) return 0;
  const personIds = [...new Set(due.map(({ person_id }) => person_id))];
  const facts = await selectPlanFacts(tx, personIds, {
    since: new Date(nowMs - WINDOW_MS),
    dangersSince: new Date(nowMs - DANGER_WINDOW_MS),
  });
  const people = new Map<PersonId, Person>(facts.map((row) => [row.person_id, personOf(ctx, row)]));
  const rung = await selectSameDangers(tx, due, new Date(nowMs - SAME_DANGER_MS));
  const plans: Plan[] = [];
  const urgentDigests = new Set<string>();
  for (const message of due) {
    const person = people.get(message.person_id)!;
    const plan =
      message.severity === "danger"
        ? await planDanger(ctx, tx, message, person, rung, nowMs)
        : await planOther(ctx, tx, message, person, nowMs);
    plans.push(plan);
    if (message.severity === "warning" && plan.gatheredIn !== null) urgentDigests.add(plan.gatheredIn);
  }
  await raiseDigests(tx, [...urgentDigests]);
  await savePlans(tx, plans, new Date(nowMs), ctx.newId);
  return due.length;
}

function personOf({ channels }: Pick<AppContext, "channels">, facts: PlanFacts): Person {
  const { has_phone, has_email, has_push } = facts;
  const hasPlace = { push: has_push, sms: has_phone, voice: has_phone, email: has_email };
  const { quiet_from, quiet_until } = facts;
  return {
    preferences:
      facts.channels === null
        ? defaultPreferences
        : {
            channels: facts.channels,
            quiet: quiet_from && quiet_until ? { from: quiet_from, until: quiet_until } : null,
            language: facts.language ?? defaultPreferences.language,
          },
    reaches: [...channels.keys()].filter((channel) => hasPlace[channel]),
    wentOutMs: facts.went_out.map((at) => Date.parse(at)),
    dangersOut: facts.dangers_out.length,
    digestId: facts.digest_id ?? undefined,
    dangerDigestId: facts.danger_digest_id ?? undefined,
  };
}

/**
 * A danger goes out at once. Where its like has just gone out, only what replaces that one on the screen does; in a storm
 * a phone that never stops ringing says nothing, so that what follows comes together.
 */
async function planDanger(
  ctx: PlanContext,
  tx: Kysely<Tables>,
  message: DueMessage,
  person: Person,
  rung: Map<string, string>,
  nowMs: number,
): Promise<Plan> {
  const { message_id: messageId, acknowledged_at, topic } = message;
  const channels = acknowledged_at ? [] : channelsFor(person.preferences, "danger", person.reaches);
  const key = dangerKey(message);
  const same = rung.get(key);
  if (same !== undefined) {
    const replacing = channels.filter((channel) => channel === "push");
    return { ...decided(messageId, replacing), gatheredIn: same };
  }
  if (channels.length === 0) return decided(messageId, []);
  if (topic === "digest") {
    person.dangerDigestId = undefined;
    return decided(messageId, (await countGathered(tx, messageId)) === 0 ? [] : channels);
  }
  if (person.dangersOut >= MOST_DANGERS_IN_WINDOW) {
    person.dangerDigestId ??= await openDigest(ctx, tx, message, nowMs + DANGER_DIGEST_MS, "danger");
    return { ...decided(messageId, []), gatheredIn: person.dangerDigestId };
  }
  rung.set(key, messageId);
  person.dangersOut++;
  return decided(messageId, channels);
}

async function planOther(
  ctx: PlanContext,
  tx: Kysely<Tables>,
  message: DueMessage,
  person: Person,
  nowMs: number,
): Promise<Plan> {
  const { message_id: messageId, severity, topic } = message;
  const { preferences, reaches, wentOutMs } = person;
  const channels = channelsFor(preferences, severity, reaches);
  // Read in the app meanwhile, or nothing to send it by.
  if (message.acknowledged_at || channels.length === 0) return decided(messageId, []);
  const quietEndMs = preferences.quiet ? quietUntilMs(preferences.quiet, nowMs) : undefined;
  if (quietEndMs !== undefined) {
    return { messageId, holdUntil: new Date(quietEndMs), channels: [], gatheredIn: null };
  }
  if (topic === "digest") {
    person.digestId = undefined;
    if ((await countGathered(tx, messageId)) === 0) return decided(messageId, []);
  } else if (wentOutMs.length >= MOST_IN_WINDOW) {
    person.digestId ??= await openDigest(ctx, tx, message, wentOutMs[0]! + WINDOW_MS, "notice");
    return { ...decided(messageId, []), gatheredIn: person.digestId };
  }
  wentOutMs.push(nowMs);
  return decided(messageId, channels);
}

async function openDigest(
  ctx: PlanContext,
  tx: Kysely<Tables>,
  { person_id }: DueMessage,
  dueMs: number,
  severity: "danger" | "notice",
): Promise<string> {
  const message_id = ctx.newId();
  await insertMessages(tx, [
    {
      message_id,
      once_key: `digest:${message_id}`,
      person_id,
      topic: "digest",
      severity,
      subject_kind: "digest",
      subject_id: message_id,
      template: severity === "danger" ? "danger-digest" : "digest",
      words: { count: 0 },
      created_at: new Date(ctx.clock.nowMs()),
      plan_at: new Date(dueMs),
    },
  ]);
  return message_id;
}

function decided(messageId: string, channels: readonly MessageChannel[]): Plan {
  return { messageId, holdUntil: null, channels, gatheredIn: null };
}
