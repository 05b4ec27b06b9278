import type { Wall } from "@hanyouxu/api";

const NEWEST = 20;

/** A wall of a county in which every figure changes with every answer, and another alarm is the newest. */
export function busierWall(real: Wall, answer: number, nowMs: number): Wall {
  const wave = (n: number, most: number) => Math.round((most / 2) * (1 + Math.sin(answer / 40 + n)));
  const kinds = ["tamper", "gas-cut", "event-gap", "clock-stepped"] as const;
  return {
    ...real,
    atMs: nowMs,
    slowAtMs: nowMs,
    machines: { atWork: wave(0, 900), all: 3_981 },
    enterprises: { atWork: wave(1, 300), all: 1_204 },
    welders: { atWork: wave(2, 800), all: 5_120 },
    sessionsToday: answer,
    refusedToday: Math.floor(answer / 9),
    uncertifiedToday: Math.floor(answer / 30),
    openAlarms: { danger: wave(3, 4), warning: wave(4, 30), notice: wave(5, 60) },
    alarmKinds: kinds.map((kind, n) => ({ kind, open: wave(n, 40) })),
    newestAlarms: Array.from({ length: NEWEST }, (_, n) => ({
      alarmId: `0198c0de-0000-7000-8000-${String(answer + NEWEST - n).padStart(12, "0")}`,
      kind: kinds[(answer + n) % kinds.length]!,
      severity: (["danger", "warning", "notice"] as const)[(answer + n) % 3]!,
      isOpen: n % 3 !== 0,
      raisedAtMs: nowMs - n * 60_000,
      regionName: "演示镇",
      about: `演示单位${(answer + n) % 500}`,
      place: { latitudeDegrees: 28.8 + (n % 5) * 0.03, longitudeDegrees: 119.7 + (n % 7) * 0.03 },
    })),
    children: real.children.map((child, n) => ({
      ...child,
      machines: { atWork: wave(n, 80), all: 220 },
      openAlarms: { danger: 0, warning: wave(n, 3), notice: 0 },
    })),
    curve: {
      today: Array.from({ length: 48 }, (_, slot) => (slot < 40 ? wave(slot, 900) : null)),
      lastWeek: Array.from({ length: 48 }, (_, slot) => wave(slot + 7, 900)),
    },
    industries: ["C33", "C34", "E47", "C35"].map((code, n) => ({
      code,
      machines: { atWork: wave(n, 300), all: 900 },
    })),
    certificates: {
      valid: 4_000,
      within90Days: wave(6, 300),
      within30Days: wave(7, 90),
      expired: wave(8, 50),
    },
    handling: { closed: wave(9, 80), medianMinutes: wave(10, 60), p90Minutes: wave(11, 300), from: real.day },
  };
}
