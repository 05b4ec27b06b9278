import { type County, demoIdentityNumber, demoPhone } from "@hanyouxu/simulator";
import type { RegisteredCertificate } from "./registry-server.ts";

/** Somebody who is no welder yet, for trying the registration: nobody's phone, nobody's identity number. */
export interface DemoNewcomer {
  name: string;
  phone: string;
  identityNumber: string;
  township: string;
  certificate: RegisteredCertificate;
  /** Whether the demonstration's registry knows the certificate. */
  isInRegistry: boolean;
}

const count = 6;
/** Behind the county's welders and officers. */
const firstIndex = 9_900;

/** Newcomers with a certificate each; the registry knows every other one's. */
export function demoNewcomers(county: County): DemoNewcomer[] {
  return Array.from({ length: count }, (_, index) => {
    const identityNumber = demoIdentityNumber(firstIndex + index);
    const name = `演示新焊工${"甲乙丙丁戊己"[index]}`;
    return {
      name,
      phone: demoPhone(firstIndex + index),
      identityNumber,
      township: county.townships[0]!.code,
      isInRegistry: index % 2 === 0,
      certificate: {
        family: "emergency",
        item: "fusion-welding-thermal-cutting",
        number: `T${identityNumber}`,
        name,
        identityNumber,
        ...daysAround(county.onDay),
        status: "valid",
      },
    };
  });
}

/** A certificate that began a year ago: six years, reviewed after three. */
function daysAround(onDay: string): Pick<RegisteredCertificate, "validFrom" | "validTo" | "reviewDueOn"> {
  const year = Number(onDay.slice(0, 4));
  return {
    validFrom: `${year - 1}-06-01`,
    validTo: `${year + 5}-05-31`,
    reviewDueOn: `${year + 2}-05-31`,
  };
}
