/** The engine of the embedded broker as it comes, for the bench that compares with it. */
export { Aedes } from "aedes";
