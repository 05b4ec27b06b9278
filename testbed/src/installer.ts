import { chipEnrolmentRoutes, createApiClient, demoRoutes, signInRoutes } from "@hanyouxu/api";
import type { Clock } from "@hanyouxu/protocol";
import { type EnrolChip, withCookies } from "@hanyouxu/simulator";
import { enrolChip } from "./enrol-chip.ts";

const TOTP_PERIOD_MS = 30_000;

/**
 * The demonstration's installer: signs in as staff do, asks for a token for each machine and hands in the chip's
 * request. Signs in only when the first chip needs it.
 */
export function demoInstaller(baseUrl: string, clock: Clock, fetch = globalThis.fetch): EnrolChip {
  const api = createApiClient({ baseUrl, fetch: withCookies(fetch), language: () => "en" });
  let signedIn: Promise<unknown> | undefined;

  async function signIn(attempt = 1): Promise<unknown> {
    const { accounts } = await api.call(demoRoutes.demoAccounts, {});
    const account = accounts.find(({ role }) => role === "installer");
    if (!account?.username || !account.password || !account.totp)
      throw new Error("the demo has no installer");
    const { username, password, totp } = account;
    try {
      return await api.call(signInRoutes.signInStaff, { body: { username, password, totp } });
    } catch (error) {
      // A one-time password counts once: who came first in these thirty seconds has used it.
      if (attempt === 3) throw error;
      await new Promise<void>((resolve) => clock.setTimer(TOTP_PERIOD_MS, resolve));
      return await signIn(attempt + 1);
    }
  }

  return async ({ machineId, csrPem }) => {
    signedIn ??= signIn();
    await signedIn;
    const { enrolmentToken } = await api.call(chipEnrolmentRoutes.issueEnrolmentToken, {
      body: { machineId },
    });
    return await enrolChip(api, enrolmentToken, csrPem);
  };
}
