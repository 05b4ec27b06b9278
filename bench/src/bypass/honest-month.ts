import type { DemoMachine, Random } from "@hanyouxu/simulator";
import { createRandom } from "@hanyouxu/simulator";
import { WeldedMachine } from "./welded-machine.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What the peer takes for welding: less than the weakest TIG arc. */
const PEER_DECIAMPS = 50;

export interface HonestMonth {
  falseAlarms: number;
  /** Of the newest reading alone: any current with the relay open. */
  peerFalseAlarms: number;
  sessions: number;
  arcHours: number;
  powerCuts: number;
}

/** A month of normal work: shifts, stops in the middle of an arc, plugs pulled overnight, power that fails. */
export function honestMonth(machine: DemoMachine, seed: number, startMs: number, days: number): HonestMonth {
  const random = createRandom(`${seed}/honest`);
  const welded = new WeldedMachine(machine, seed, startMs);
  const month: HonestMonth = { falseAlarms: 0, peerFalseAlarms: 0, sessions: 0, arcHours: 0, powerCuts: 0 };
  const peer = new NewestReading(welded);
  for (let day = 0; day < days; day++) {
    const dayEndsMs = startMs + (day + 1) * DAY_MS;
    const isWorkday = day % 7 < 5 || random.next() < 0.2;
    if (isWorkday) {
      for (const hours of [4, 4]) work(welded, peer, random, hours * HOUR_MS, month);
    }
    endDay(welded, peer, random, dayEndsMs, month);
  }
  month.falseAlarms = welded.suspicions.length;
  month.peerFalseAlarms = peer.alarms;
  welded.at.chip.kill();
  return month;
}

function work(
  welded: WeldedMachine,
  peer: NewestReading,
  random: Random,
  spanMs: number,
  month: HonestMonth,
): void {
  const endsAtMs = welded.clock.nowMs() + spanMs;
  while (welded.clock.nowMs() < endsAtMs) {
    welded.start(14_000);
    month.sessions += 1;
    const lastsMs = Math.min(endsAtMs - welded.clock.nowMs(), (15 + random.next() * 105) * MINUTE_MS);
    peer.follow(lastsMs);
    month.arcHours += (welded.at.chip.state().work?.arcMs ?? 0) / HOUR_MS;
    // A lock cuts in the middle of an arc: the choke drives the current on for a moment.
    if (random.next() < 0.15) {
      welded.send({ kind: "lock", locked: true });
      peer.follow(30_000);
      welded.send({ kind: "lock", locked: false });
    }
    if (random.next() < 0.03) {
      welded.at.cutPower();
      month.powerCuts += 1;
      welded.pass(random.next() * 20 * MINUTE_MS);
      welded.at.restorePower();
    }
    welded.stop();
    welded.at.putTorchDown();
    peer.follow((5 + random.next() * 15) * MINUTE_MS);
  }
}

function endDay(
  welded: WeldedMachine,
  peer: NewestReading,
  random: Random,
  dayEndsMs: number,
  month: HonestMonth,
): void {
  if (random.next() < 0.3) welded.at.disturb({ isPlugged: false });
  if (random.next() < 0.1) {
    welded.at.cutPower();
    month.powerCuts += 1;
    welded.pass(random.next() * 8 * HOUR_MS);
    welded.at.restorePower();
  }
  peer.follow(dayEndsMs - welded.clock.nowMs());
  welded.at.disturb({ isPlugged: true });
}

/** The rule without memory, on the same readings: alarms are counted as they come up. */
class NewestReading {
  readonly #welded: WeldedMachine;
  #isAlarmed = false;
  alarms = 0;

  constructor(welded: WeldedMachine) {
    this.#welded = welded;
  }

  follow(durationMs: number): void {
    const { clock, at } = this.#welded;
    const untilMs = clock.nowMs() + Math.round(durationMs);
    while (clock.nowMs() < untilMs) {
      clock.advance(Math.min(1_000 * (at.isPowered ? 5 : 1), untilMs - clock.nowMs()));
      const { reading, relayClosed } = at.chip.state();
      const isFlowing = !relayClosed && (reading?.arcCurrentDeciamps ?? 0) >= PEER_DECIAMPS;
      if (isFlowing && !this.#isAlarmed) this.alarms += 1;
      this.#isAlarmed = isFlowing;
    }
  }
}
