import type { Reading } from "@hanyouxu/chip";
import {
  bytesToHex,
  type ChipId,
  type Command,
  type CommandBody,
  type RandomBytes,
  uuidFromBytes,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import { seededBytes } from "./fake-chip.ts";

/** What may happen to a chip, drawn from a seed. */
export class RandomThings {
  readonly random: RandomBytes;
  readonly chipId: ChipId;
  /** Another chip, whose commands go astray. */
  readonly other: ChipId;

  constructor(seed: number, chipId: ChipId, other: ChipId) {
    this.random = seededBytes(seed);
    this.chipId = chipId;
    this.other = other;
  }

  /** Uniform in 0…max-1. */
  draw(max: number): number {
    const bytes = this.random(4);
    return (((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0) % max;
  }

  /** Mostly sane; now and then a silent sensor, gas, an opened housing. */
  reading(): Reading {
    const rare = (share: number) => this.draw(share) === 0;
    return {
      fix: rare(3)
        ? null
        : {
            kind: "gnss",
            latitudeE7: 288_900_000 + this.draw(40_000),
            longitudeE7: 1_198_100_000,
            accuracyMetres: this.draw(60),
          },
      speedCentimetresPerSecond: 0,
      arcCurrentDeciamps: rare(40) ? null : rare(2) ? 0 : this.draw(4_000),
      voltageDecivolts: 250,
      temperatureDecicelsius: 300,
      gas: rare(40) ? null : { lelPermille: rare(60) ? 150 + this.draw(400) : this.draw(60), raw: 500 },
      batteryPercent: 80,
      signalDbm: -80,
      tamperLoopIntact: !rare(150),
      moving: false,
    };
  }

  /** Mostly grants; one in twelve for another chip, some too late, too early or decided on another state. */
  command(nowSeconds: number, openWork: WorkSessionId | undefined): Command {
    const isForOther = this.draw(12) === 0;
    const header = {
      audience: isForOther ? this.other : this.chipId,
      commandId: bytesToHex(this.random(8)),
      acceptBySeconds: nowSeconds + (this.draw(6) === 0 ? -1_000 : 600),
      expectedStateVersion: this.draw(6) === 0 ? this.draw(50) : null,
    };
    return { ...header, ...this.#body(nowSeconds, openWork) } as Command;
  }

  #body(nowSeconds: number, openWork: WorkSessionId | undefined): CommandBody {
    const workSessionId =
      openWork && this.draw(3) > 0 ? openWork : (uuidFromBytes(this.random(16)) as WorkSessionId);
    switch (this.draw(8)) {
      case 0:
        return { kind: "lock", locked: this.draw(3) === 0 };
      case 1:
        return {
          kind: "revoke",
          workSessionId,
          reason: (["stopped", "gas", "fence"] as const)[this.draw(3)]!,
        };
      default:
        return {
          kind: "grant",
          workSessionId: uuidFromBytes(this.random(16)) as WorkSessionId,
          welderPseudonym: "0011223344556677",
          notBeforeSeconds: nowSeconds + (this.draw(8) === 0 ? 120 : -this.draw(60)),
          validSeconds: 1 + this.draw(900),
          maxEnergisedSeconds: 1 + this.draw(900),
          idleLimitSeconds: 1 + this.draw(300),
          fence:
            this.draw(2) === 0
              ? null
              : { kind: "circle", latitudeE7: 288_900_000, longitudeE7: 1_198_100_000, radiusMetres: 200 },
          gasWarningLelPermille: 100,
          gasCutLelPermille: 200,
          isWatchHeartbeatRequired: false,
          decisionDigest: "8899aabbccddeeff",
        };
    }
  }
}
