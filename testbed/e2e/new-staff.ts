import { type ApiClient, createApiClient, staffAccountRoutes } from "@hanyouxu/api";
import { currentTotp } from "@hanyouxu/server";

const PASSWORD = "演示密码-a long enough one";
const TOTP_STEP_MS = 30_000;

export interface NewStaff {
  personId: string;
  /** What to sign in with, now. */
  account: { username: string; password: string; totp: string };
}

/** What somebody is made. */
export interface StaffGrant {
  role: "regulator" | "station-staff";
  region: string;
  /** By key; absent: the role's whole reach. */
  department?: string;
}

/** Somebody who has been invited to the staff of a region and has taken the invitation, by the API. */
export async function newStaff(
  baseUrl: string,
  regulator: ApiClient,
  grant: StaffGrant & { name: string },
): Promise<NewStaff> {
  const username = `staff-${crypto.randomUUID()}`;
  const { token, personId } = await regulator.call(staffAccountRoutes.createStaff, {
    body: { username, department: null, ...grant },
  });
  const stranger = createApiClient({ baseUrl, fetch, language: () => "zh-CN" });
  const { totpUri } = await stranger.call(staffAccountRoutes.openInvitation, { body: { token } });
  const secret = new URL(totpUri).searchParams.get("secret")!;
  await stranger.call(staffAccountRoutes.acceptInvitation, {
    body: { token, password: PASSWORD, totp: currentTotp(secret, Date.now()) },
  });
  // The code that opened the account is used up; the platform takes the next one half a minute early.
  const totp = currentTotp(secret, Date.now() + TOTP_STEP_MS);
  return { personId, account: { username, password: PASSWORD, totp } };
}
