/** One key that is missing or wrong, and what to write instead, in both languages. */
export interface ConfigProblem {
  key: string;
  "zh-CN": string;
  en: string;
}

/** The configuration cannot be used; every problem is listed at once. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map((problem) => `  ${problem.key}\n    ${problem["zh-CN"]}\n    ${problem.en}`);
    super(
      `配置有误，服务未启动 / The configuration is wrong, the server did not start:\n${lines.join("\n")}`,
    );
    this.problems = problems;
  }
}
