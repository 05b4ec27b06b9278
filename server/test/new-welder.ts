import type { LightMyRequestResponse } from "fastify";
import { vi } from "vitest";
import { cookieOf, type TestApp } from "./app.ts";
import { buildRegion, county, township } from "./county.ts";

/** Of GB 11643, with birthdays before 1900, so that they are nobody's: the demonstration lets such people register. */
export const identities = {
  adult: identityOf("33072318900307", "001"),
  other: identityOf("33072318851120", "002"),
  third: identityOf("33072318991231", "003"),
  fourth: identityOf("33072318950506", "004"),
  fifth: identityOf("33072318960607", "007"),
  sixth: identityOf("33072318970708", "008"),
  ancient: identityOf("33072318700101", "005"),
  child: identityOf("33072320250101", "006"),
} as const;
export const asDemo = { config: { demo: true } } as const;

function identityOf(regionAndDay: string, order: string): string {
  const digits = regionAndDay + order;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits + "10X98765432"[sum % 11];
}

/** A one-pixel PNG: the smallest whole picture. */
export const aPicture =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/** Somebody new proves a phone by its code. */
export async function newcomer(app: TestApp, phone: string): Promise<string> {
  await app.call("POST", "/api/sign-in/code", { body: { phone } });
  const sent = () => app.messages.findLast((message) => message.phone === phone)?.code;
  const code = await vi.waitUntil(sent);
  return cookieOf(await app.call("POST", "/api/sign-in/verify", { body: { phone, code } }));
}

/** The privacy notice in force, which comes with the schema. */
export const consentTextId = "019b76da-a800-7000-8000-000000000002";

/** The same, registered as a welder. */
export async function registered(
  app: TestApp,
  phone: string,
  identityNumber: string,
  name = "演示新焊工",
): Promise<string> {
  await buildRegion(app.ctx, county);
  await buildRegion(app.ctx, township, county);
  const cookie = await newcomer(app, phone);
  const body = { name, identityNumber, township, consentTextId };
  const response = await app.call("POST", "/api/me/welder", { cookie, body });
  if (response.statusCode !== 200) throw new Error(response.body);
  return cookie;
}

/** Valid on 2026-03-01 for whoever has the identity number. */
export function entryOf(identityNumber: string, change: Record<string, unknown> = {}) {
  return {
    family: "emergency",
    item: "fusion-welding-thermal-cutting",
    number: `T${identityNumber}`,
    validFrom: "2024-05-01",
    validTo: "2030-04-30",
    reviewDueOn: "2027-04-30",
    photo: aPicture,
    ...change,
  };
}

export const idOf = (response: LightMyRequestResponse): string => response.json().certificateId;
