/** Words for key areas that desk and phone share. */
const keyArea = {
  kind: {
    hospital: "Hospital",
    "care-home": "Care home",
    school: "School",
    mall: "Mall",
    market: "Market",
    hotel: "Hotel",
    entertainment: "Entertainment venue",
    "transport-hub": "Transport hub",
    heritage: "Heritage building",
    "key-enterprise": "Key enterprise",
    warehouse: "Warehouse",
    chemical: "Chemical firm",
    "fuel-station": "Fuel station",
    "construction-site": "Construction site",
    other: "Other",
  },
  demand: {
    permit: "Hot-work permit",
    sceneCheck: "Scene check",
    fireWatch: "Fire watch's scan",
    smoulderWatch: "Smoulder watch",
  },
};

export default keyArea;
