const placeSign = {
  title: "Scan the site sign",
  neededTitle: "It is unsure whether the machine is in “{{area}}”",
  neededLead: "Satellites cannot tell. Scan the site sign on the wall or at the gate, beside the machine.",
  scan: "Scan the site sign",
  noSign: "No sign there? Wait some minutes in the open and try again, or ask the fire station.",
  lead: "Scan the sign nearest to the machine; where floors have signs, that of this floor.",
  hint: "Point at the code on the sign",
  wrong: "This is no site sign: its code is S and 16 letters and digits",
  typedLabel: "Code of the sign (S and 16 letters)",
  taking: "Checking the sign and where the phone is…",
  refused: "The place is not confirmed",
  again: "Scan a sign again",
  taken: "Place confirmed: {{area}}",
  takenLead: "Go back to the machine before you go on.",
  goOn: "Go on with the start",
};

export default placeSign;
