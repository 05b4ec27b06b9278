import type { CommonText } from "../text.ts";

const enterpriseWords: CommonText["enterprise"] = {
  role: { welding: "Welding enterprise", "site-owner": "Site owner" },
  status: { pending: "Waiting for review", active: "Active", suspended: "Suspended", rejected: "Sent back" },
  type: {
    "limited-company": "Limited company",
    "joint-stock-company": "Joint-stock company",
    "sole-proprietorship": "Sole proprietorship",
    partnership: "Partnership",
    "individual-business": "Individual business",
    "state-owned": "State-owned enterprise",
    "public-institution": "Public institution",
    government: "Government organ",
    "social-organisation": "Social organisation",
    other: "Other",
  },
  domain: {
    industry: "Industry",
    construction: "Construction",
    chemical: "Hazardous chemicals",
    transport: "Transport",
    commerce: "Commerce and crowded places",
    health: "Health",
    education: "Education",
    "culture-tourism": "Culture and tourism",
    agriculture: "Agriculture",
    water: "Water",
    energy: "Energy, electricity, gas",
    municipal: "Municipal services",
    repair: "Repair",
    other: "Other",
  },
  siteOwner: {
    own: "Own place",
    named: "To be confirmed",
    unknown: "Not said",
    confirmed: "Confirmed",
    disputed: "Disputed",
  },
  warning: {
    "uscc-checksum":
      "The credit code's check character does not fit: compare it with the licence; it can be saved",
  },
};

export default enterpriseWords;
