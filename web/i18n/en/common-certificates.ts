const certificates = {
  verification: { submitted: "in review", verified: "verified", rejected: "not accepted" },
  expired: "expired",
  rejection: {
    "photo-unreadable": "The photo cannot be read",
    "data-differs": "What was entered differs from the certificate",
    "not-own": "The certificate is somebody else's",
    "not-in-registry": "The issuer does not know this certificate",
    forged: "The certificate may not be genuine",
    other: "Another reason",
    "registry-revoked": "The issuer has it as suspended or revoked",
    "registry-expired": "The issuer has it as expired",
  },
  registry: {
    valid: "agrees",
    "not-found": "not found",
    mismatch: "differs",
    revoked: "suspended or revoked",
    expired: "expired",
    unreachable: "registry not reachable",
    "not-configured": "no registry connected",
  },
};

export default certificates;
