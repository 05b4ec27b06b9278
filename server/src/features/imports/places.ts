import type { RegionCode } from "@hanyouxu/protocol";
import { isWithinRegion, type Scope } from "../sign-in/sign-in.ts";
import type { RowReader } from "./row-reader.ts";

/** The regions the platform knows, to find a row's by code or by the township's name. */
export class Places {
  readonly #codes: ReadonlyMap<string, string>;
  readonly #byName = new Map<string, RegionCode[]>();

  /** @param scope names are looked for within reach only: a township of the next county is not meant. */
  constructor(regions: readonly { region_code: RegionCode; name: string }[], scope: Scope) {
    this.#codes = new Map(regions.map(({ region_code, name }) => [region_code, name]));
    for (const { region_code, name } of regions) {
      const isNear =
        scope.everywhere ||
        scope.regions.length === 0 ||
        scope.regions.some((own) => isWithinRegion(own, region_code));
      if (isNear) this.#byName.set(name, [...(this.#byName.get(name) ?? []), region_code]);
    }
  }

  /** The region that a row names; undefined when it names none (`otherwise` may then hold) or a wrong one. */
  regionOf(row: RowReader, otherwise?: RegionCode): RegionCode | undefined {
    const code = row.coded("region", (text) => /^(\d{6}|\d{9})$/.test(text), "region_unknown") as RegionCode;
    const name = row.text("township");
    if (code === undefined && name === undefined) {
      if (!row.isEmpty("region") || !row.isEmpty("township")) return undefined;
      return otherwise ?? row.wrong("region", "region_missing");
    }
    if (code !== undefined) {
      const known = this.#codes.get(code);
      if (known === undefined) return row.wrong("region", "region_unknown");
      if (name !== undefined && known !== name) return row.wrong("township", "region_differs");
      return code;
    }
    const found = this.#byName.get(name!) ?? [];
    if (found.length === 1) return found[0];
    return row.wrong("township", found.length === 0 ? "township_unknown" : "township_ambiguous");
  }
}
