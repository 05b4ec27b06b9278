import { type ApiClient, createApiClient, type DemoAccount, demoRoutes, signInRoutes } from "@hanyouxu/api";
import { withCookies } from "@hanyouxu/simulator";
import type { Caller } from "./api-fuzz.ts";

export interface SignedIn extends Caller {
  api: ApiClient;
  /** What a browser would send as this person, for connections that are no fetch. */
  cookie(): string;
}

const TOTP_PERIOD_MS = 30_000;

/** Somebody of each role of the demonstration, signed in. */
export async function signInAll(baseUrl: string): Promise<SignedIn[]> {
  const { accounts } = await createApiClient({ baseUrl, fetch }).call(demoRoutes.demoAccounts, {});
  const roles = [...new Set(accounts.map(({ role }) => role))];
  return await Promise.all(roles.map((role) => signIn(baseUrl, role)));
}

async function signIn(baseUrl: string, role: DemoAccount["role"], attempt = 1): Promise<SignedIn> {
  let cookie = "";
  const cookieFetch = withCookies(async (...request) => {
    const answer = await fetch(...request);
    cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return answer;
  });
  const api = createApiClient({ baseUrl, fetch: cookieFetch, language: () => "en" });
  // Asked each time: the one-time password is that of the moment.
  const { accounts } = await api.call(demoRoutes.demoAccounts, {});
  const { username, password, totp, phone } = accounts.find((account) => account.role === role)!;
  if (phone) {
    await signInByPhone(api, phone);
    return { name: role, fetch: cookieFetch, api, cookie: () => cookie };
  }
  try {
    await api.call(signInRoutes.signInStaff, {
      body: { username: username!, password: password!, totp: totp! },
    });
    return { name: role, fetch: cookieFetch, api, cookie: () => cookie };
  } catch (error) {
    // A one-time password counts once: the fleet's installer may have used this one.
    if (attempt === 3) throw error;
    await new Promise((resolve) => setTimeout(resolve, TOTP_PERIOD_MS));
    return await signIn(baseUrl, role, attempt + 1);
  }
}

async function signInByPhone(api: ApiClient, phone: string): Promise<void> {
  await api.call(signInRoutes.requestCode, { body: { phone } });
  for (;;) {
    const { messages } = await api.call(signInRoutes.demoInbox, {});
    const message = messages.find((candidate) => candidate.phone === phone);
    if (!message) continue;
    await api.call(signInRoutes.verifyCode, { body: { phone, code: message.code } });
    return;
  }
}
