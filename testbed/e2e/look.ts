import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DemoWelder } from "@hanyouxu/simulator";
import type { Page } from "@playwright/test";
import { expectSound } from "./problems.ts";

/** A sound screen. With HY_LOOK=folder each is kept as a picture, to be looked at. */
export async function look(page: Page, name: string): Promise<void> {
  await expectSound(page);
  const folder = process.env.HY_LOOK;
  if (folder && existsSync(folder))
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Somebody who signs in by phone as welders do. */
export function asPerson(welder: DemoWelder, person: { personId: string; phone: string }): DemoWelder {
  return { ...welder, welderId: person.personId as DemoWelder["welderId"], phone: person.phone };
}
