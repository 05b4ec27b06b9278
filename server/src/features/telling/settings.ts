import type { TellingPreferencesBody, TellingSettings } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { PushTarget } from "../../channels/channel.ts";
import { pushPublicKey } from "../../channels/push-channel.ts";
import type { AppContext } from "../../context.ts";
import { maskEmail } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { mayPostTo } from "../../outbound/post-webhook.ts";
import { defaultPreferences } from "./preferences.ts";
import { sealTarget } from "./push-targets.ts";
import {
  putPreferences,
  putPushSubscription,
  selectPushDevices,
  selectSettings,
} from "./settings-queries.ts";

type SettingsContext = Pick<AppContext, "db" | "clock" | "newId" | "config" | "channels" | "personalData">;

/** More browsers than anybody uses. */
const MOST_DEVICES = 10;

export async function settingsOf(ctx: SettingsContext, personId: PersonId): Promise<TellingSettings> {
  const row = await selectSettings(ctx.db, personId);
  const devices = await selectPushDevices(ctx.db, personId);
  const { channels, quiet_from, quiet_until, language, email_ciphertext } = row;
  const { quiet, ...defaults } = defaultPreferences;
  return {
    preferences:
      channels === null
        ? { ...defaults, quiet, channels: { ...defaults.channels } }
        : {
            channels,
            quiet: quiet_from && quiet_until ? { from: quiet_from, until: quiet_until } : null,
            language: language ?? defaults.language,
          },
    available: [...ctx.channels.keys()],
    hasPhone: row.has_phone,
    email: email_ciphertext && {
      address: maskEmail(ctx.personalData.open("email", email_ciphertext)),
      isConfirmed: row.confirmed_at !== null,
    },
    pushDevices: devices.map(({ push_subscription_id, device, created_at }) => ({
      pushSubscriptionId: push_subscription_id,
      device,
      createdAt: created_at.toISOString(),
    })),
    pushPublicKey: ctx.config.push ? pushPublicKey(ctx.config.push.key) : null,
  };
}

export async function choosePreferences(
  ctx: SettingsContext,
  personId: PersonId,
  { channels, quiet, language }: TellingPreferencesBody,
): Promise<void> {
  await putPreferences(ctx.db, {
    person_id: personId,
    channels: JSON.stringify(channels),
    quiet_from: quiet?.from ?? null,
    quiet_until: quiet?.until ?? null,
    language,
    changed_at: new Date(ctx.clock.nowMs()),
  });
}

/** @throws AppError push.not_configured | push.address_refused */
export async function subscribePush(
  ctx: SettingsContext,
  personId: PersonId,
  target: Omit<PushTarget, "pushSubscriptionId">,
  device: string,
): Promise<void> {
  if (!ctx.config.push) throw new AppError("push.not_configured");
  // A browser names it, that is anybody: it is posted to later, and never inside.
  if (!mayPostTo(target.endpoint, ctx.config.webhookOrigins)) throw new AppError("push.address_refused");
  await ctx.db.transaction().execute((tx) =>
    putPushSubscription(
      tx,
      {
        push_subscription_id: ctx.newId(),
        person_id: personId,
        device: device.slice(0, 200),
        created_at: new Date(ctx.clock.nowMs()),
        ...sealTarget(ctx, target),
      },
      MOST_DEVICES,
    ),
  );
}
