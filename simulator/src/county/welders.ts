import type { EnterpriseId, PersonId, WelderId } from "@hanyouxu/protocol";
import { chance, pick, pickWeighted, type Random } from "../random.ts";
import { certificatesOf } from "./certificates.ts";
import { demoIdentityNumber, demoPhone, demoUuid } from "./demo-ids.ts";
import type { Cast, DemoEnterprise, DemoMachine, DemoWelder, WelderProfile } from "./types.ts";

/** 280,000 of the province's welders to 153,000 machines, for the county's 3,981. */
export const welderCount = 7285;

const profiles: readonly { profile: WelderProfile; weight: number }[] = [
  { profile: "certified", weight: 86 },
  { profile: "uncertified", weight: 6 },
  { profile: "expired", weight: 3 },
  { profile: "review-overdue", weight: 2 },
  { profile: "wrong-process", weight: 2 },
  { profile: "revoked", weight: 1 },
];

export function generateWelders(
  random: Random,
  enterprises: readonly DemoEnterprise[],
  machines: readonly DemoMachine[],
  onDay: string,
): { welders: DemoWelder[]; cast: Cast["welders"] } {
  const byId = new Map(enterprises.map((enterprise) => [enterprise.enterpriseId, enterprise]));
  const spotWelding = new Set(
    machines.filter(({ process }) => process === "RW").map((machine) => machine.enterpriseId),
  );
  const welders = Array.from({ length: welderCount }, (_, index): DemoWelder => {
    const part = profiles[index]?.profile;
    // Who works where the machines are: an employer is drawn as the owner of some machine.
    const employer = part ? enterprises[0]! : byId.get(pick(random, machines).enterpriseId)!;
    const enterpriseIds: EnterpriseId[] = [employer.enterpriseId];
    if (!part && chance(random, 0.08)) enterpriseIds.push(pick(random, machines).enterpriseId);
    const profile = part ?? pickWeighted(random, profiles).profile;
    const identityNumber = demoIdentityNumber(index);
    // The cast's certified welder has no pressure welding, so that the spot welder refuses him.
    const needsPressureWelding = !part && enterpriseIds.some((id) => spotWelding.has(id));
    return {
      personId: demoUuid(random, index) as PersonId,
      welderId: demoUuid(random, index) as WelderId,
      name: `演示焊工${String(index + 1).padStart(4, "0")}`,
      phone: demoPhone(index + 1),
      identityNumber,
      townshipCode: employer.townshipCode,
      enterpriseIds: [...new Set(enterpriseIds)],
      profile,
      certificates:
        part === "certified"
          ? certificatesOf(steady, profile, identityNumber, false, onDay)
          : certificatesOf(random, profile, identityNumber, needsPressureWelding, onDay),
    };
  });
  const cast = Object.fromEntries(profiles.map(({ profile }, index) => [profile, welders[index]!.welderId]));
  return { welders, cast: cast as Cast["welders"] };
}

/** The same place in every range: the cast's certified welder holds one emergency certificate, its review far off. */
const steady: Random = { next: () => 0.25 };
