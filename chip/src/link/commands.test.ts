import { createChipKeys } from "@hanyouxu/chip/hosts/node";
import { FakeChip } from "@hanyouxu/chip/testing";
import { type ChipId, encodeCommandPayload, sign1 } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";

const GNSS = {
  kind: "gnss",
  latitudeE7: 288_900_000,
  longitudeE7: 1_198_100_000,
  accuracyMetres: 5,
} as const;
const FENCE = {
  kind: "circle",
  latitudeE7: 288_900_000,
  longitudeE7: 1_198_100_000,
  radiusMetres: 100,
} as const;

function lastAnswer(chip: FakeChip) {
  chip.advance(0);
  return chip.uplink.answers.at(-1);
}

describe("what a chip does with a message from above", () => {
  it("answers a grant signed by a foreign key as untrusted and keeps the relay open", () => {
    const chip = new FakeChip().goOnline();
    const command = chip.platform.command(chip.ports.chipId, chip.platform.grant());
    chip.memory.deliver(sign1(encodeCommandPayload(command), createChipKeys().signer));
    expect(lastAnswer(chip)).toMatchObject({ commandId: command.commandId, result: "untrusted" });
    expect(chip.relayClosed).toBe(false);
  });

  it("refuses every grant with one altered byte", () => {
    const chip = new FakeChip().goOnline();
    const bytes = chip.platform.sign(chip.platform.command(chip.ports.chipId, chip.platform.grant()));
    for (let index = 0; index < bytes.length; index++) {
      const altered = bytes.slice();
      altered[index]! ^= 0x01;
      chip.memory.deliver(altered);
      chip.advance(0);
      expect(chip.relayClosed).toBe(false);
    }
    expect(chip.state.discarded.downlinks).toBe(bytes.length);
    expect(
      chip.uplink.answers.every((answer) => answer.result === "untrusted" || answer.result === "malformed"),
    ).toBe(true);
  });

  it("answers a grant for another chip as addressed wrongly", () => {
    const chip = new FakeChip().goOnline();
    const other = createChipKeys().chipId;
    chip.memory.deliver(chip.platform.sign(chip.platform.command(other, chip.platform.grant())));
    expect(lastAnswer(chip)?.result).toBe("wrong-audience");
    expect(chip.relayClosed).toBe(false);
  });

  it("calls a signed command of an unknown kind unsupported and a signed ruin malformed", () => {
    const chip = new FakeChip().goOnline();
    const payload = encodeCommandPayload(
      chip.platform.command(chip.ports.chipId, { kind: "lock", locked: true }),
    );
    const unknownKind = payload.slice();
    unknownKind[2] = 23;
    chip.memory.deliver(sign1(unknownKind, chip.platform.keys.signer));
    expect(lastAnswer(chip)?.result).toBe("unsupported");
    const ruin = payload.slice();
    ruin[ruin.length - 1] = 0x00;
    chip.memory.deliver(sign1(ruin, chip.platform.keys.signer));
    expect(lastAnswer(chip)?.result).toBe("malformed");
    expect(chip.state.isLocked).toBe(false);
  });

  it("says nothing to bytes that name no command", () => {
    const chip = new FakeChip().goOnline();
    for (const bytes of [
      new Uint8Array(),
      Uint8Array.of(0xff),
      new Uint8Array(5000),
      Uint8Array.of(0x84, 0x40),
    ]) {
      chip.memory.deliver(bytes);
    }
    chip.advance(0);
    expect(chip.uplink.answers).toEqual([]);
    expect(chip.state.discarded.downlinks).toBe(4);
  });

  it("cannot take a command without a clock, but can take the time", () => {
    const chip = new FakeChip({ rtc: "none" });
    chip.tellsTime = false;
    chip.goOnline();
    expect(chip.grant()).toBe("clock-unknown");
    chip.tellTime(chip.uplink.hellos.at(-1)!.nonce);
    expect(chip.grant()).toBe("accepted");
  });

  it("refuses a grant after its accept-by, before its start and after its end", () => {
    const chip = new FakeChip().goOnline();
    const nowSeconds = chip.platform.nowSeconds();
    expect(chip.grant({}, { acceptBySeconds: nowSeconds - 1 })).toBe("expired");
    expect(chip.grant({ notBeforeSeconds: nowSeconds + 60 })).toBe("not-yet-valid");
    expect(chip.grant({ notBeforeSeconds: nowSeconds - 600, validSeconds: 599 })).toBe("expired");
    expect(chip.relayClosed).toBe(false);
    expect(chip.uplink.kinds.filter((kind) => kind === "refused")).toHaveLength(3);
  });

  it("refuses a command decided on an older state", () => {
    const chip = new FakeChip().goOnline();
    const { stateVersion } = chip.state;
    expect(chip.order({ kind: "lock", locked: true }, { expectedStateVersion: stateVersion })).toBe(
      "accepted",
    );
    expect(chip.order({ kind: "lock", locked: false }, { expectedStateVersion: stateVersion })).toBe(
      "state-changed",
    );
    expect(chip.state.isLocked).toBe(true);
  });

  it("names each interlock that forbids a start", () => {
    const locked = new FakeChip().goOnline();
    locked.order({ kind: "lock", locked: true });
    expect(locked.grant()).toBe("locked");

    const opened = new FakeChip().goOnline();
    opened.sense({ tamperLoopIntact: false });
    expect(opened.grant()).toBe("tamper");

    const gassed = new FakeChip({ fitted: ["current-sensor", "gas-sensor"] });
    gassed.sense({ gas: { lelPermille: 120, raw: 900 } });
    expect(gassed.goOnline().grant()).toBe("gas");

    const deaf = new FakeChip({ fitted: ["current-sensor", "gas-sensor"] }).goOnline();
    expect(deaf.grant()).toBe("faulted");

    const away = new FakeChip().goOnline();
    away.sense({ fix: { ...GNSS, latitudeE7: GNSS.latitudeE7 + 50_000 } });
    expect(away.grant({ fence: FENCE })).toBe("outside-fence");
    away.sense({ fix: GNSS });
    expect(away.grant({ fence: FENCE })).toBe("accepted");
    expect(away.grant()).toBe("busy");
  });

  it("does not start work whose fire watch it could not hear", () => {
    const chip = new FakeChip().goOnline();
    expect(chip.grant({ isWatchHeartbeatRequired: true })).toBe("unsupported");
  });

  it("refuses to stop a session that it does not hold", () => {
    const chip = new FakeChip().goOnline();
    chip.grant();
    const { workSessionId } = chip.platform.grant();
    expect(chip.order({ kind: "revoke", workSessionId, reason: "stopped" })).toBe("unknown-session");
    expect(chip.relayClosed).toBe(true);
  });

  it("takes a configuration only with a higher version", () => {
    const chip = new FakeChip().goOnline();
    const { kind, ...configuration } = {
      kind: "configuration" as const,
      version: 3,
      idleTelemetrySeconds: 120,
      workingTelemetrySeconds: 5,
      gasWarningLelPermille: 50,
      gasCutLelPermille: 100,
      arcGraceSeconds: 10,
    };
    expect(chip.order({ kind, ...configuration })).toBe("accepted");
    expect(chip.order({ kind, ...configuration, arcGraceSeconds: 600 })).toBe("state-changed");
    expect(chip.state.configuration).toMatchObject(configuration);
    chip.reboot();
    expect(chip.state.configuration).toMatchObject(configuration);
  });

  it("ignores acknowledgements and times for another chip, and acknowledgements of what was never written", () => {
    const chip = new FakeChip();
    chip.acknowledges = false;
    chip.goOnline();
    const { pending } = chip.state.log;
    const other = createChipKeys().chipId;
    const send = (audience: ChipId, boot: number, seq: number) => {
      chip.memory.deliver(
        chip.platform.sign(chip.platform.command(audience, { kind: "acknowledgement", boot, seq })),
      );
      chip.advance(0);
    };
    send(other, 1, 1);
    send(chip.ports.chipId, 1, 99);
    send(chip.ports.chipId, 7, 1);
    expect(chip.state.log.pending).toEqual(pending);
    send(chip.ports.chipId, 1, 1);
    expect(chip.state.log.pending).toEqual([]);
  });
});
