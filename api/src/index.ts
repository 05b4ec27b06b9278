export * from "./error-answer.ts";
export * from "./language.ts";
export * from "./route.ts";
export * from "./sign-in.ts";
