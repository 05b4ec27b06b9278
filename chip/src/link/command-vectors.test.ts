import { readFileSync } from "node:fs";
import {
  type ChipEffect,
  type ChipPorts,
  type ChipState,
  createChipState,
  QUIET_READING,
  step,
} from "@hanyouxu/chip";
import { createChipKeys, es256Verifier, sha256 } from "@hanyouxu/chip/hosts/node";
import { type ChipId, type CommandResult, decodeAnswerFrame, hexToBytes } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";

interface VectorState {
  chipId: ChipId;
  clockSeconds: number | null;
  stateVersion: number;
  locked: boolean;
  configurationVersion: number;
  answeredCommandIds: string[];
}
interface VectorCase {
  name: string;
  hex: string;
  opens: { command?: { kind: string; acceptBySeconds: number } };
  answers?: CommandResult;
  chip?: Partial<VectorState>;
}

const vectors = new URL("../vectors/", import.meta.resolve("@hanyouxu/protocol"));
const read = <Content>(name: string): Content =>
  JSON.parse(readFileSync(new URL(name, vectors), "utf8")) as Content;
const keysFile = read<{ keys: { name: string; spki: string }[] }>("keys.json");
const file = read<{ trustedKeys: string[]; chipState: VectorState; cases: VectorCase[] }>("commands.json");

const portsOf = (chipId: ChipId): ChipPorts => ({
  chipId,
  firmware: "vectors",
  fitted: ["current-sensor", "tamper-loop"],
  verifier: es256Verifier(
    keysFile.keys.filter(({ name }) => file.trustedKeys.includes(name)).map(({ spki }) => hexToBytes(spki)!),
  ),
  signer: createChipKeys().signer,
  sha256,
  random: (length) => new Uint8Array(length),
});

/** A chip that is booted, connected and idle, then put into the state that the vector starts from. */
function chipIn(wanted: VectorState, ports: ChipPorts, acceptBySeconds: number): ChipState {
  const rtcMs = wanted.clockSeconds === null ? null : wanted.clockSeconds * 1000;
  let { state } = step(createChipState(), { kind: "boot", resetCause: "power-on", rtcMs }, ports);
  ({ state } = step(state, { kind: "reading", uptimeMs: 0, reading: QUIET_READING }, ports));
  const ids = wanted.answeredCommandIds.map((commandId) => ({ commandId, acceptBySeconds }));
  return {
    ...state,
    stateVersion: wanted.stateVersion,
    isLocked: wanted.locked,
    configuration: { ...state.configuration, version: wanted.configurationVersion },
    replay: { ...state.replay, ids },
  };
}

const answersIn = (effects: readonly ChipEffect[]): CommandResult[] =>
  effects.flatMap((effect) => {
    if (effect.kind !== "publish" || effect.channel !== "a") return [];
    const decoded = decodeAnswerFrame(effect.bytes);
    return decoded.ok && decoded.value.kind === "answer" ? [decoded.value.result] : [];
  });

describe("the protocol's command vectors", () => {
  it.each(file.cases)("$name", ({ hex, opens, answers, chip }) => {
    const wanted = { ...file.chipState, ...chip };
    const ports = portsOf(wanted.chipId);
    const before = chipIn(wanted, ports, opens.command?.acceptBySeconds ?? 0);
    const { state, effects } = step(
      before,
      { kind: "downlink", uptimeMs: 0, bytes: hexToBytes(hex)! },
      ports,
    );
    expect(answersIn(effects)).toEqual(answers === undefined ? [] : [answers]);
    expect(state.relayClosed).toBe(opens.command?.kind === "grant" && answers === "accepted");
  });
});
