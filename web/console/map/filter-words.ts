import {
  certificateFamily,
  enterpriseDomain,
  enterpriseType,
  industryName,
  machineState,
  type SentMapFilter,
  weldingProcess,
} from "@hanyouxu/api";

const MOST_CHOICES = 20;
const MOST_HOURS = 720;

/** Some of a set, with commas between them. */
const someOf = (isOne: (word: string) => boolean) => (text: string) => {
  const words = text.split(",");
  return words.length <= MOST_CHOICES && words.every(isOne);
};
const oneOf = (names: readonly string[]) => (word: string) => names.includes(word);
const flag = oneOf(["true", "false"]);

/** What each field of the map's filter can say in an address: nothing that the platform (`mapFilter`) would refuse. */
export const FILTER_WORDS: Readonly<Record<keyof SentMapFilter, (text: string) => boolean>> = {
  region: (text) => /^(\d{2}|\d{4}|\d{6}|\d{9})$/.test(text),
  states: someOf(oneOf(machineState.options)),
  enterpriseTypes: someOf(oneOf(enterpriseType.options)),
  domains: someOf(oneOf(enterpriseDomain.options)),
  industries: someOf((code) => industryName(code) !== undefined),
  processes: someOf(oneOf(weldingProcess.options)),
  isMobile: flag,
  hasAlarm: flag,
  isInKeyArea: flag,
  keyAreaId: (text) => /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i.test(text),
  certificateFamilies: someOf(oneOf(certificateFamily.options)),
  workedWithinHours: (text) => /^[1-9]\d*$/.test(text) && Number(text) <= MOST_HOURS,
};
