const sharing = {
  title: "Personal data and consent",
  waiting: "A new version of a text waits to be read",
  superseded: "The privacy notice has changed: please read it again",
  consents: "Consent texts",
  noTexts: "No text asks for your consent now.",
  version: "Version {{version}}",
  newer: "You agreed to version {{version}}; the text has changed, please read it again.",
  changes: "What is new: {{changes}}",
  givenAt: "Agreed on {{at}}",
  agree: "I have read this and agree",
  withdraw: "Take consent back",
  export: "Export my data",
  exportLead: "All that the platform holds about you, as JSON that other systems can read.",
  exportDo: "Export",
  erasure: "Leave and erase",
  erasureLead:
    "Once approved you can no longer sign in, and personal data that need not be kept is erased for good; work records keep only a pseudonym. These parts must be kept for a time:",
  keptUntil: "Kept until {{day}}",
  part: {
    contact: "Contact data",
    identity: "Name and identity number",
    certificates: "Certificate numbers",
  },
  erasureDo: "Request erasure",
  erasureAsk: "Really request erasure?",
  erasureWithdraw: "Withdraw the request",
  erasureStatus: {
    requested: "Erasure requested, waiting for the decision",
    refused: "Erasure refused",
    partly: "Partly erased",
    done: "Erased",
    withdrawn: "Request withdrawn",
  },
};

export default sharing;
