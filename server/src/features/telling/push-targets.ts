import type { PushTarget } from "../../channels/channel.ts";
import type { AppContext } from "../../context.ts";

type Keys = Pick<AppContext, "personalData">;

export function sealTarget(
  { personalData }: Keys,
  { endpoint, keys }: Omit<PushTarget, "pushSubscriptionId">,
): { endpoint_index: Uint8Array; subscription_ciphertext: Uint8Array } {
  return {
    endpoint_index: personalData.blindIndex("push-subscription", endpoint),
    subscription_ciphertext: personalData.seal("push-subscription", JSON.stringify({ endpoint, keys })),
  };
}

export function openTarget(
  { personalData }: Keys,
  row: { push_subscription_id: string; subscription_ciphertext: Uint8Array },
): PushTarget {
  const opened = JSON.parse(personalData.open("push-subscription", row.subscription_ciphertext));
  return { pushSubscriptionId: row.push_subscription_id, ...opened };
}
