import { platformPolicy } from "../clause.ts";
import { distanceMetres } from "../distance.ts";
import { fail, pass } from "../rule.ts";
import { exampleAtMs } from "./example-facts.ts";
import type { StartFacts, TimedPosition } from "./facts.ts";
import type { StartPolicy } from "./policy.ts";
import { example, type StartRule, startRule } from "./start-rule.ts";

/** A fix that is missing, too old, too vague or no place on Earth tells nothing. */
function known(position: TimedPosition | null, maxAgeMs: number, policy: StartPolicy, atMs: number) {
  if (position === null) return undefined;
  const { accuracyMetres, latitudeDegrees, longitudeDegrees, fixedAtMs } = position;
  const isUsable =
    atMs - fixedAtMs <= maxAgeMs &&
    accuracyMetres >= 0 &&
    accuracyMetres <= policy.worstUsefulAccuracyMetres &&
    Math.abs(latitudeDegrees) <= 90 &&
    Math.abs(longitudeDegrees) <= 180;
  return isUsable ? position : undefined;
}

function knownPhone(facts: StartFacts, policy: StartPolicy, atMs: number) {
  return known(facts.phonePosition, policy.phonePositionMaxAgeSeconds * 1000, policy, atMs);
}

function knownMachine(facts: StartFacts, policy: StartPolicy, atMs: number) {
  return known(facts.chip.position, policy.machinePositionMaxAgeMinutes * 60_000, policy, atMs);
}

const phonePositionKnown = startRule({
  id: "phone-position-known",
  rank: 50,
  title: { zh: "不知道手机在哪里", en: "The phone's place is unknown" },
  clause: platformPolicy("unknownPhonePosition", "phonePositionMaxAgeSeconds", "worstUsefulAccuracyMetres"),
  fix: {
    zh: "请打开手机定位，到开阔处再扫一次",
    en: "Switch location on, step into the open and scan again",
  },
  check: (facts, policy, atMs) =>
    policy.unknownPhonePosition === "allow" || knownPhone(facts, policy, atMs) ? pass() : fail(),
  examples: [
    example("a fresh, sharp fix", "pass"),
    example("location switched off", "fail", (facts) => {
      facts.phonePosition = null;
    }),
    example(
      "location switched off where the region allows it",
      "pass",
      (facts) => {
        facts.phonePosition = null;
      },
      { unknownPhonePosition: "allow" },
    ),
    example("a fix exactly at the age limit", "pass", phone({ fixedAtMs: exampleAtMs - 120_000 })),
    example("a fix a millisecond too old", "fail", phone({ fixedAtMs: exampleAtMs - 120_001 })),
    example("an error circle at the limit", "pass", phone({ accuracyMetres: 500 })),
    example("an error circle beyond the limit", "fail", phone({ accuracyMetres: 500.1 })),
  ],
});

const machinePositionKnown = startRule({
  id: "machine-position-known",
  rank: 51,
  title: { zh: "不知道焊机在哪里", en: "The machine's place is unknown" },
  clause: platformPolicy(
    "unknownMachinePosition",
    "machinePositionMaxAgeMinutes",
    "worstUsefulAccuracyMetres",
  ),
  fix: {
    zh: "请把焊机移到能收到卫星信号的地方，等几分钟再扫",
    en: "Move the machine to where it receives satellites and scan again in some minutes",
  },
  appliesTo: (facts) => facts.chip.id !== null,
  check: (facts, policy, atMs) =>
    policy.unknownMachinePosition === "allow" || knownMachine(facts, policy, atMs) ? pass() : fail(),
  examples: [
    example("a fresh fix", "pass", () => {}, { unknownMachinePosition: "refuse" }),
    example("no fix in a basement, allowed by default", "pass", (facts) => {
      facts.chip.position = null;
    }),
    example(
      "no fix where the region refuses",
      "fail",
      (facts) => {
        facts.chip.position = null;
      },
      { unknownMachinePosition: "refuse" },
    ),
    example("a fix exactly at the age limit", "pass", chip({ fixedAtMs: exampleAtMs - 3_600_000 }), {
      unknownMachinePosition: "refuse",
    }),
    example("a fix a millisecond too old", "fail", chip({ fixedAtMs: exampleAtMs - 3_600_001 }), {
      unknownMachinePosition: "refuse",
    }),
  ],
});

/** Benefit of the doubt: refused only when even the nearest points of the two error circles are too far apart. */
const scanDistance = startRule({
  id: "scan-distance",
  rank: 52,
  title: {
    zh: "手机离焊机太远：约 {distanceMetres} 米，最多 {limitMetres} 米",
    en: "The phone is too far from the machine: about {distanceMetres} m, at most {limitMetres} m",
  },
  clause: platformPolicy("scanDistanceMetres"),
  fix: { zh: "请走到焊机旁再扫码", en: "Go to the machine and scan there" },
  check: (facts, policy, atMs) => {
    const phoneFix = knownPhone(facts, policy, atMs);
    const machineFix = knownMachine(facts, policy, atMs);
    if (!phoneFix || !machineFix) return pass();
    const metres = distanceMetres(phoneFix, machineFix);
    const doubtMetres = phoneFix.accuracyMetres + machineFix.accuracyMetres;
    if (metres - doubtMetres <= policy.scanDistanceMetres) return pass();
    return fail({
      distanceMetres: Math.round(metres),
      doubtMetres: Math.round(doubtMetres),
      limitMetres: policy.scanDistanceMetres,
    });
  },
  examples: [
    example("beside the machine", "pass"),
    example("212.9 m away with 5 m and 8 m of doubt", "pass", phoneNorth(212.9)),
    example("213.1 m away with 5 m and 8 m of doubt", "fail", phoneNorth(213.1)),
    example("10 km away", "fail", phoneNorth(10_000)),
    example("300 m away where the region allows 500 m", "pass", phoneNorth(300), { scanDistanceMetres: 500 }),
    example("an unknown place is not measured", "pass", (facts) => {
      facts.chip.position = null;
    }),
  ],
});

function phone(change: Partial<TimedPosition>) {
  return (facts: StartFacts) => {
    facts.phonePosition = { ...facts.phonePosition!, ...change };
  };
}

function chip(change: Partial<TimedPosition>) {
  return (facts: StartFacts) => {
    facts.chip.position = { ...facts.chip.position!, ...change };
  };
}

/** The phone so many metres north of the machine: a degree of a great circle is 111,195.08 m on the same sphere. */
function phoneNorth(metres: number) {
  return (facts: StartFacts) => {
    const { latitudeDegrees, longitudeDegrees } = facts.chip.position!;
    phone({ latitudeDegrees: latitudeDegrees + metres / 111_195.08, longitudeDegrees })(facts);
  };
}

export const distanceRules: readonly StartRule[] = [phonePositionKnown, machinePositionKnown, scanDistance];
