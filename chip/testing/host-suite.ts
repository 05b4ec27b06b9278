import type { CommandBody, CommandHeader, CommandResult } from "@hanyouxu/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChipBench } from "./chip-bench.ts";

/**
 * What every body of the chip's program must do, in memory, on Node and on a board. `create` gives a chip that has never
 * run, powered off, with a platform that tells it the time; `CHIP_TARGET` may choose another body in a caller.
 */
export function describeChipHost(name: string, create: () => Promise<ChipBench>): void {
  describe(`chip host: ${name}`, () => {
    let bench: ChipBench;

    beforeEach(async () => {
      bench = await create();
      await bench.powerOn();
      await bench.waitFor(() => bench.hasTime() && bench.uplink.kinds.includes("booted"));
    });
    afterEach(() => bench.dispose());

    async function order(body: CommandBody, header?: Partial<CommandHeader>): Promise<CommandResult> {
      const command = bench.platform.command(bench.chipId, body, header);
      return deliver(bench.platform.sign(command), command.commandId);
    }

    async function deliver(bytes: Uint8Array, commandId: string): Promise<CommandResult> {
      const answered = bench.uplink.answers.length;
      bench.send(bytes);
      const find = () =>
        bench.uplink.answers.slice(answered).find((answer) => answer.commandId === commandId)?.result;
      await bench.waitFor(() => find() !== undefined);
      return find()!;
    }

    it("starts with the relay open and says who it is", () => {
      expect(bench.relayClosed()).toBe(false);
      expect(bench.uplink.hellos.at(-1)).toMatchObject({ boot: 1, relayClosed: false });
    });

    it("closes the relay for a grant and opens it when the grant is revoked", async () => {
      const grant = bench.platform.grant();
      expect(await order(grant)).toBe("accepted");
      expect(bench.relayClosed()).toBe(true);
      expect(await order({ kind: "revoke", workSessionId: grant.workSessionId, reason: "stopped" })).toBe(
        "accepted",
      );
      expect(bench.relayClosed()).toBe(false);
      await bench.waitFor(() => bench.uplink.kinds.includes("checkpoint"));
      bench.uplink.verify(bench.chipId, bench.chipSpki);
    });

    it("refuses a repeated, an altered and an expired grant", async () => {
      const grant = bench.platform.grant();
      const command = bench.platform.command(bench.chipId, grant);
      const bytes = bench.platform.sign(command);
      const altered = bytes.slice();
      altered[altered.length - 1]! ^= 1;
      expect(await deliver(altered, command.commandId)).toBe("untrusted");
      expect(bench.relayClosed()).toBe(false);
      expect(await deliver(bytes, command.commandId)).toBe("accepted");
      await order({ kind: "revoke", workSessionId: grant.workSessionId, reason: "stopped" });
      expect(await deliver(bytes, command.commandId)).toBe("replayed");
      expect(await order(bench.platform.grant(), { acceptBySeconds: bench.platform.nowSeconds() - 60 })).toBe(
        "expired",
      );
      expect(bench.relayClosed()).toBe(false);
    });

    it("opens the relay when the housing is opened, and refuses to start", async () => {
      expect(await order(bench.platform.grant())).toBe("accepted");
      bench.sense({ tamperLoopIntact: false });
      expect(bench.relayClosed()).toBe(false);
      expect(await order(bench.platform.grant())).toBe("tamper");
    });

    it("wakes from a power cut with the relay open and closes the record of the work it was cut off from", async () => {
      const grant = bench.platform.grant();
      expect(await order(grant)).toBe("accepted");
      await bench.powerCut();
      expect(bench.relayClosed()).toBe(false);
      await bench.powerOn();
      await bench.waitFor(() => bench.uplink.kinds.filter((kind) => kind === "checkpoint").length === 1);
      expect(bench.relayClosed()).toBe(false);
      const second = bench.uplink.events.filter((event) => event.boot === 2);
      expect(second.map((event) => event.kind)).toEqual([
        "booted",
        "power-lost",
        "de-energised",
        "checkpoint",
      ]);
      expect(second[2]!.data).toMatchObject({ workSessionId: grant.workSessionId, reason: "power-lost" });
      bench.uplink.verify(bench.chipId, bench.chipSpki);
    });

    it("remembers across a power cut which commands it has had", async () => {
      const grant = bench.platform.grant();
      const command = bench.platform.command(bench.chipId, grant);
      const bytes = bench.platform.sign(command);
      expect(await deliver(bytes, command.commandId)).toBe("accepted");
      await bench.powerCut();
      await bench.powerOn();
      await bench.waitFor(() => bench.hasTime() && bench.uplink.hellos.at(-1)?.boot === 2);
      expect(await deliver(bytes, command.commandId)).toBe("replayed");
      expect(bench.relayClosed()).toBe(false);
    });

    it("stays locked across a power cut", async () => {
      expect(await order({ kind: "lock", locked: true })).toBe("accepted");
      await bench.powerCut();
      await bench.powerOn();
      await bench.waitFor(() => bench.hasTime() && bench.uplink.hellos.at(-1)?.boot === 2);
      expect(bench.uplink.hellos.at(-1)!.locked).toBe(true);
      expect(await order(bench.platform.grant())).toBe("locked");
    });

    it("keeps working without a connection and tells all of it afterwards, in order", async () => {
      expect(await order(bench.platform.grant())).toBe("accepted");
      bench.cutNetwork();
      expect(bench.relayClosed()).toBe(true);
      bench.sense({ tamperLoopIntact: false });
      expect(bench.relayClosed()).toBe(false);
      expect(bench.uplink.kinds).not.toContain("tamper");
      bench.mendNetwork();
      await bench.waitFor(() => bench.uplink.kinds.includes("checkpoint"));
      expect(bench.uplink.kinds).toEqual([
        "booted",
        "granted",
        "energised",
        "tamper",
        "de-energised",
        "checkpoint",
      ]);
      bench.uplink.verify(bench.chipId, bench.chipSpki);
    });

    it("drops nothing before the platform has acknowledged it, not even over a power cut", async () => {
      bench.holdAcknowledgements(true);
      expect(await order({ kind: "lock", locked: true })).toBe("accepted");
      await bench.powerCut();
      bench.forgetUplink();
      await bench.powerOn();
      const told = () => bench.uplink.events.map((event) => `${event.boot} ${event.kind}`);
      await bench.waitFor(() => told().includes("2 booted"));
      expect(told()).toContain("1 locked");
    });

    it("shuts down in order: the work ends, the platform is not told by the will", async () => {
      expect(await order(bench.platform.grant())).toBe("accepted");
      await bench.shutDown();
      expect(bench.relayClosed()).toBe(false);
      await bench.waitFor(() => bench.uplink.kinds.includes("checkpoint"));
      expect(bench.uplink.goneCount).toBe(0);
    });

    it("is announced as gone by its will when the power is cut", async () => {
      await bench.powerCut();
      await bench.waitFor(() => bench.uplink.goneCount === 1);
    });
  });
}
