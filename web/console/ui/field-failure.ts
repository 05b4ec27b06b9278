/** What a form's item shows of the platform's word about its field; nothing without one. */
export function fieldFailure(message: string | undefined) {
  return message ? { validateStatus: "error" as const, help: message } : {};
}
