const welders = {
  register: {
    title: "Register as a welder",
    lead: "Your phone is proved. Register once by real name; afterwards a scan starts the machine.",
    name: "Name (as on the identity card)",
    identityNumber: "Identity number",
    township: "Township",
    chooseTownship: "Choose",
    portrait: "Portrait (optional)",
    portraitWhy: "Only to help people compare; a face alone never decides whether you may start.",
    consentTitle: "Privacy notice",
    consentVersion: "Version {{version}}",
    agree: "I have read it and agree",
    agreeFirst: "Read it and agree first",
    submit: "Register",
  },
  form: {
    titleNew: "Enter a certificate",
    titleAgain: "Correct and send again",
    family: "Kind of certificate",
    item: "Item",
    itemCode: "Item code (as printed)",
    number: "Certificate number",
    numberHint: "T and your own identity number",
    validFrom: "Valid from",
    validTo: "Valid to",
    reviewDueOn: "Review due on (empty once reviewed)",
    photo: "Photo of the certificate",
    takePhoto: "Take or choose a photo",
    otherPhoto: "Another photo",
    photoHint:
      "The front, with all four corners and readable text. It is stored encrypted, without place or other data.",
    photoKept: "There is a photo; it stays unless you choose another",
    photoAlt: "The chosen photo of the certificate",
    qrHint:
      "There is a QR code on the photo. Forged certificates lead to look-alike sites, so the platform never opens its address; it asks the issuer's registry only.",
    submit: "Send",
    checking: "Asking the issuer's registry…",
    verified: "Verified: you may scan and start",
    verifiedLead: "The issuer's registry has confirmed this certificate.",
    submitted: "Sent: people will look at it",
    submittedLead:
      "The registry's answer: {{outcome}}. Your local authority will compare the photo; the result comes under “Me”.",
    rejected: "Not accepted",
    scan: "Scan a machine",
    toMe: "Back to “Me”",
    correct: "Correct and send again",
    add: "Enter a certificate",
    none: "No certificate is registered. Once one is verified, a scan starts the machine.",
    whySend: "Reason: {{reason}}",
    goneFix: "This certificate is not there, or it is verified already. See under “Me”.",
  },
  notices: {
    title: "Notices ({{count}} unread)",
    read: "Got it",
    "certificate-verified": "Your certificate ({{item}}) is verified: you may scan and start.",
    "certificate-rejected":
      "Your certificate ({{item}}) was not accepted: {{reason}}. {{text}} Correct it and send it again.",
    "certificate-standing": "Your certificate ({{item}}) is now: {{status}}. Reason: {{text}}",
    "certificate-expiring": "Your certificate ({{item}}) ends on {{day}}, in {{days}} days: renew it.",
    "certificate-review-due": "Your certificate ({{item}}) must be reviewed by {{day}}, in {{days}} days.",
    "work-stopped":
      "Your work at {{machine}} was stopped: no certificate of yours counts now. See “My certificates”.",
    "work-conflict": {
      raised:
        "Take care: {{firm}} works at {{place}} ({{work}}), about {{metres}} m from you; within {{limit}} m the two must not go on at the same time. Stop one of them and call each other.",
      cleared: "The conflict with {{firm}} at {{place}} is cleared.",
    },
    "key-area-entered":
      "{{machine}} has come into the key area “{{area}}”: it does not start without a clearance.",
    alarm: {
      raised: "Alarm: {{title}} {{place}}",
      "raised-again": "Alarm, once more: {{title}} {{place}}",
      cleared: "Alarm cleared: {{title}} {{place}}",
      escalated: "Alarm overdue, passed up: {{title}} {{place}}",
      dispatched: "Alarm dispatched to you: {{title}} {{place}}",
    },
    "key-area-work-ends":
      "{{machine}} works in the key area “{{area}}” without a clearance: in {{minutes}} minutes it strikes no new arc.",
    "key-area-work-forbidden":
      "Hot work is forbidden in the key area “{{area}}” now (a special period, or it is open to the public): in {{minutes}} minutes {{machine}} strikes no new arc.",
  },
};

export default welders;
