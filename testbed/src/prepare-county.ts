import {
  addDemoAccounts,
  bundledDivisions,
  type Config,
  createLogger,
  hasDemoAccounts,
  importRegions,
  importRegister,
  openStore,
  type Store,
} from "@hanyouxu/server";
import type { County } from "@hanyouxu/simulator";
import { addCountyAreas } from "./county-areas.ts";
import { demoLabelsOf, registerOf } from "./county-register.ts";

/**
 * Puts the county into the database, whole or not at all, unless it is there: in the region tree of the whole country, or
 * for a small world in its own part of it.
 */
export async function prepareCounty(
  store: Store,
  county: County,
  { hasCountry = true } = {},
): Promise<boolean> {
  if (await hasDemoAccounts(store)) return false;
  await store.db.transaction().execute(async (tx) => {
    const within = { ...store, db: tx };
    await importRegister(within, registerOf(county), "system");
    if (hasCountry) await importRegions(within, bundledDivisions(), "system");
    await addDemoAccounts(within, county.demoAccounts, demoLabelsOf(county));
    await addCountyAreas(within, county);
  });
  return true;
}

/** The same for a server that will be a process of its own and does not run yet. */
export async function prepareCountyBeside(config: Config, county: County): Promise<void> {
  const { store, close } = await openStore(config, createLogger("warn"));
  try {
    await prepareCounty(store, county);
  } finally {
    await close();
  }
}
