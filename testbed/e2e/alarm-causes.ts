import type { AlarmSummary } from "@hanyouxu/api";
import { createMachineCode } from "@hanyouxu/protocol";
import type { OnlineMachine } from "@hanyouxu/simulator";
import { expect } from "@playwright/test";
import type { PhonePages } from "./phone-pages.ts";

/** Sensors are asked every quarter of a minute at rest; who looks more often need not wait. */
const LOOKED = { timeout: 60_000, intervals: [500] };

/** What raises a kind of alarm at a machine, and how it ends. */
export interface Cause {
  kind: AlarmSummary["kind"];
  at: OnlineMachine;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

/** Lets the chip look until it has found something out. */
async function lookUntil(at: OnlineMachine, isSo: () => boolean): Promise<void> {
  await expect
    .poll(() => {
      at.disturb({});
      return isSo();
    }, LOOKED)
    .toBe(true);
}

/** What the simulated world does to chips: each at a machine of its own. */
export function causesAt(at: {
  cut: OnlineMachine;
  bridged: OnlineMachine;
  hot: OnlineMachine;
  unplugged: OnlineMachine;
  rebooted: OnlineMachine;
}): Cause[] {
  return [
    {
      kind: "temperature",
      at: at.hot,
      begin: () => at.hot.disturb({ heatCelsius: 90 }),
      end: () => at.hot.disturb({ heatCelsius: 0 }),
    },
    {
      kind: "tamper",
      at: at.cut,
      begin: () => at.cut.disturb({ isLoopCut: true }),
      end() {
        at.cut.disturb({ isLoopCut: false });
        return lookUntil(at.cut, () => !at.cut.chip.state().tamper.isRaised);
      },
    },
    {
      kind: "bypass-suspected",
      at: at.bridged,
      begin() {
        at.bridged.disturb({ isBridged: true, trigger: true });
        return lookUntil(at.bridged, () => at.bridged.chip.state().bypass.isSuspected);
      },
      end() {
        at.bridged.disturb({ isBridged: false, trigger: false });
        return lookUntil(at.bridged, () => !at.bridged.chip.state().bypass.isSuspected);
      },
    },
    {
      kind: "peripheral-lost",
      at: at.unplugged,
      begin() {
        at.unplugged.disturb({ isSensorGone: true });
        return lookUntil(at.unplugged, () => isSensorLost(at.unplugged));
      },
      end() {
        at.unplugged.disturb({ isSensorGone: false });
        return lookUntil(at.unplugged, () => !isSensorLost(at.unplugged));
      },
    },
    {
      kind: "clock-stepped",
      at: at.rebooted,
      begin() {
        at.rebooted.cutPower();
        at.rebooted.restorePower(3_600_000);
      },
      end() {},
    },
  ];
}

function isSensorLost(at: OnlineMachine): boolean {
  return at.chip.state().silent["current-sensor"]?.isLost === true;
}

/** Scans codes that look like ours and are not. */
export async function scanForgedCodes(phone: PhonePages, times: number): Promise<void> {
  const forger = (bytes: Uint8Array) => new Uint8Array(32).fill(bytes.length);
  for (let scan = 0; scan < times; scan++) {
    const code = createMachineCode((length) => crypto.getRandomValues(new Uint8Array(length)), forger);
    const asked = phone.page.waitForResponse((answer) => answer.url().endsWith(`/api/machine-codes/${code}`));
    await phone.page.goto(`/m/#/machine/${code}`);
    await asked;
  }
}

/** Asks for a start that is refused, so many times. */
export async function beRefused(phone: PhonePages, machineCode: string, times = 1): Promise<void> {
  for (let attempt = 0; attempt < times; attempt++) {
    await phone.page.goto("/m/#/");
    await phone.openMachine(machineCode);
    await phone.startButton.click();
    await expect(phone.refusal).toBeVisible();
  }
}
