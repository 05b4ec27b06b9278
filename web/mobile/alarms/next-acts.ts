import type { AlarmDetail } from "@hanyouxu/api";
import type { PendingAct } from "./alarm-outbox.ts";

type Act = AlarmDetail["mayDo"][number];

/** What follows what on a phone, until the platform has answered. */
const AFTER: Partial<Record<PendingAct["said"]["kind"], readonly Act[]>> = {
  acknowledge: ["arrive", "dispatch"],
  accept: ["arrive", "dispatch"],
  arrive: ["handle", "dispatch"],
  handle: [],
  dispatch: [],
};

/** What the person may do: as the platform said, or what comes after the steps that wait to be sent. */
export function nextActs(mayDo: readonly Act[], waiting: readonly PendingAct[]): readonly Act[] {
  const last = waiting.findLast(({ said }) => AFTER[said.kind] !== undefined);
  return last ? AFTER[last.said.kind]! : mayDo;
}
