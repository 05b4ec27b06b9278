const evidence = {
  open: "Pictures",
  title: "Pictures of the place",
  lead: "Compare: the digits must stand at the lower edge, what is demanded must be seen. Each look goes into the audit log.",
  none: "No pictures",
  digits: "Digits",
  demand: "Demanded",
  gallery: "From the gallery, without a challenge",
  takenAt: "Taken",
  place: "Place",
  noPlace: "not known",
  seen: "Directions seen",
  show: "Show the original",
};

export default evidence;
