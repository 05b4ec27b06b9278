import type { ChipId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import type { DeviceAuthority } from "../../device-ca/device-authority.ts";
import { revokedChips } from "./queries.ts";

/** The chips that are not let in any more, in memory: the embedded broker asks at every message. */
export class RevokedChips {
  readonly #chipIds = new Set<ChipId>();

  has(chipId: ChipId): boolean {
    return this.#chipIds.has(chipId);
  }

  add(chipId: ChipId): void {
    this.#chipIds.add(chipId);
  }

  /** Takes over what the database knows; at the start, before the broker listens. */
  async load(ctx: Pick<AppContext, "db">): Promise<void> {
    for (const { chip_id } of await revokedChips(ctx.db)) this.#chipIds.add(chip_id);
  }
}

/** The list for brokers outside, which know certificates only (PEM, RFC 5280 §5). */
export async function revocationListOf(
  ctx: Pick<AppContext, "db">,
  authority: Pick<DeviceAuthority, "revocationList">,
): Promise<string> {
  const rows = await revokedChips(ctx.db);
  return await authority.revocationList(
    rows.flatMap(({ certificate_serial, revoked_at }) =>
      certificate_serial && revoked_at
        ? [{ serialNumber: certificate_serial, revokedAtMs: revoked_at.getTime() }]
        : [],
    ),
  );
}
