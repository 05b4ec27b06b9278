/** The feature's face: who answers for an enterprise, who works for it and for whom it works. */
export { officersInFull } from "./officers.ts";
export { personOfPhone } from "./person-of-phone.ts";
export { selectMemberships, selectOfficers } from "./queries.ts";
