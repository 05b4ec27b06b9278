import {
  addDemoAccounts,
  type Config,
  createLogger,
  hasDemoAccounts,
  importRegister,
  openStore,
} from "@hanyouxu/server";
import type { County } from "@hanyouxu/simulator";
import { demoLabelsOf, registerOf } from "./county-register.ts";

/** Puts the county into the configured database unless it is there; true when it had to. The server must not run. */
export async function prepareCounty(config: Config, county: County): Promise<boolean> {
  const { store, close } = await openStore(config, createLogger("warn"));
  try {
    if (await hasDemoAccounts(store)) return false;
    await importRegister(store, registerOf(county), "system");
    await addDemoAccounts(store, county.demoAccounts, demoLabelsOf(county));
    return true;
  } finally {
    await close();
  }
}
