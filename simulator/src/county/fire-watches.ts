import type { PersonId } from "@hanyouxu/protocol";
import type { Random } from "../random.ts";
import { addDays } from "./certificates.ts";
import { demoPhone, demoUuid } from "./demo-ids.ts";
import type { DemoFireWatch, DemoSiteOwner } from "./types.ts";

/** Behind the phones of the site owners' officers. */
const firstPhone = 9600;
/** Every so manyth has let the training run out. */
const LAPSED_EVERY = 12;

/** One fire watch for each site owner, trained for a year; the first one's training holds. */
export function generateFireWatches(
  random: Random,
  siteOwners: readonly DemoSiteOwner[],
  onDay: string,
): DemoFireWatch[] {
  return siteOwners.map(({ enterpriseId, name }, index) => {
    const isLapsed = index % LAPSED_EVERY === LAPSED_EVERY - 1;
    return {
      personId: demoUuid(random, index) as PersonId,
      name: `演示监护人${name.slice(-3)}`,
      phone: demoPhone(firstPhone + index),
      enterpriseId,
      trainedOn: addDays(onDay, isLapsed ? -375 : -65),
      trainedTo: addDays(onDay, isLapsed ? -10 : 300),
    };
  });
}
