// What the launcher tells people goes to stderr, one line each, so that stdout stays the command's own.

/** @param {string} line */
export function say(line) {
  process.stderr.write(`hanyouxu: ${line}\n`);
}

/** Ends the launcher with a message for the person and an exit code; never a stack trace. */
export class Stop extends Error {
  /**
   * @param {string} message what is wrong and what to do about it
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
