import type { CommonText } from "../text.ts";

const simultaneousWork: CommonText["simultaneousWork"] = {
  kind: {
    "combustible-gas-discharge": "discharge of combustible gas",
    "combustible-liquid-discharge": "discharge of combustible liquid",
    "leak-capable-equipment": "equipment that may leak, not isolated",
    "solvent-cleaning-or-painting": "solvent cleaning or painting",
    "dust-sweeping": "sweeping of combustible dust",
    "flammable-line-opening": "opening or sampling of a line with flammables",
    "foam-insulation": "foam insulation",
    "hot-work": "hot work",
  },
  title: "Work nearby that must not go on at the same time",
  what: "{{firm}}: {{kind}}",
  unnamed: "a firm that is not named",
  distance: "about {{metres}} m away",
  height: "about {{metres}} m above or below",
  heightUnknown: "height not known, taken as level",
  limit: "not at the same time within {{metres}} m",
  unsure: "positions err: it may be within the distance",
  time: "both go on from {{from}} to {{to}}",
  untilEnded: "when one of them ends",
  fix: "Stop one of the two, or move it more than {{metres}} m away. Call each other before you go on.",
};

export default simultaneousWork;
