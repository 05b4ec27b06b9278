import type { Wall } from "@hanyouxu/api";

const CITIES = ["杭州", "宁波", "温州", "嘉兴", "湖州", "绍兴", "金华", "衢州", "舟山", "台州", "丽水"];
const KINDS = ["gas-cut", "uncertified-work", "tamper", "key-area-entered"] as const;

/** A wall of a province at work, with figures as large as they get: for looking at how a screen holds them. */
export function busyProvince(real: Wall): Wall {
  const kindOf = (n: number) => KINDS[n % KINDS.length]!;
  const curve = Array.from({ length: 48 }, (_, slot) => {
    const hour = slot / 2;
    const peak = (at: number, wide: number) => Math.exp(-(((hour - at) / wide) ** 2));
    return Math.round(2_400 + 24_000 * peak(10, 2.6) + 21_000 * peak(15.5, 2.8));
  });
  return {
    ...real,
    region: { code: "33", name: "浙江省", level: "province", path: [] },
    machines: { atWork: 28_291, all: 153_004 },
    enterprises: { atWork: 9_803, all: 49_012 },
    welders: { atWork: 20_807, all: 280_166 },
    sessionsToday: 61_418,
    refusedToday: 1_274,
    uncertifiedToday: 312,
    openAlarms: { danger: 3, warning: 27, notice: 41 },
    alarmKinds: [0, 1, 2, 3].map((n) => ({ kind: kindOf(n), open: 29 - 7 * n })),
    newestAlarms: Array.from({ length: 20 }, (_, n) => ({
      alarmId: `0198c0de-0000-7000-8000-${String(n).padStart(12, "0")}`,
      kind: kindOf(n),
      severity: (["warning", "danger", "notice"] as const)[n % 3]!,
      isOpen: n % 4 !== 3,
      raisedAtMs: real.atMs - n * 130_000,
      regionName: ["桐琴镇", "白洋街道", "壶山街道", "泉溪镇"][n % 4]!,
      about: ["演示恒达五金厂", "演示宏源电动工具有限公司", "演示人民医院", "演示众泰门业"][n % 4]!,
      place: { latitudeDegrees: 28.7 + (n % 5) * 0.3, longitudeDegrees: 119.4 + (n % 7) * 0.25 },
    })),
    keyAreas: { machinesInside: 148, clearancesOpen: 61 },
    children: CITIES.map((name, n) => ({
      code: `33${String(n + 1).padStart(2, "0")}`,
      name: `${name}市`,
      machines: { atWork: 5_200 - n * 430, all: 24_000 - n * 1_300 },
      enterprises: { atWork: 1_700 - n * 120, all: 7_900 - n * 400 },
      openAlarms: { danger: n === 6 ? 2 : 0, warning: n % 3, notice: n % 2 },
      centre: null,
    })),
    curve: {
      today: curve.map((value, slot) => (slot <= 31 ? value : null)),
      lastWeek: curve.map((value) => Math.round(value * 0.91)),
    },
    industries: ["C33", "C34", "E47", "C35", "C38", "F52"].map((code, n) => ({
      code,
      machines: { atWork: 9_400 - n * 1_500, all: 40_000 - n * 5_000 },
    })),
    certificates: { valid: 251_310, within90Days: 14_820, within30Days: 5_216, expired: 8_820 },
    handling: { closed: 386, medianMinutes: 34.4, p90Minutes: 121.9, from: real.day },
  };
}
