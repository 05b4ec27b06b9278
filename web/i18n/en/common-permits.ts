const permit = {
  status: {
    draft: "Draft",
    submitted: "Awaiting approval",
    approved: "Approved",
    suspended: "Suspended",
    closed: "Closed",
    void: "Void",
    rejected: "Rejected",
    expired: "Expired",
  },
  grade: { special: "Special grade", "grade-1": "Grade 1", "grade-2": "Grade 2" },
  approver: {
    unit: "The unit itself",
    "safety-department": "Safety department",
    "senior-manager": "Senior manager",
  },
  gasPlace: {
    surroundings: "Surroundings",
    "inside-equipment": "Inside the equipment",
    "confined-space": "Confined space",
  },
  material: {
    "non-combustible": "Non-combustible",
    "combustible-construction": "Combustible construction",
    insulation: "Insulation",
    dust: "Combustible dust",
  },
  action: {
    reject: "Reject",
    suspend: "Suspend the permit",
    resume: "Resume the permit",
    replace: "Something changed: new permit",
    void: "Make void",
  },
  reason: "Reason",
  print: "Print the permit (PDF)",
};

export default permit;
