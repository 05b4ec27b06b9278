import type { StatementClient } from "@hanyouxu/server";
import type { Stillness } from "./stillness.ts";

type Answer = Awaited<ReturnType<StatementClient["query"]>>;

/** What the server sees when its connection breaks (class 08 of SQLSTATE). */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
  readonly code = "08006";
}

export type CommitFault = "rolled-back" | "in-doubt";

/**
 * One database that outlives the servers that use it, each through a connection of its own that can be cut. As on a
 * real server, a connection that dies takes its open transaction with it.
 */
export class StatementGate {
  readonly #client: StatementClient;
  readonly #stillness: Stillness;
  /** What shall become of the next commits, in order. */
  readonly commitFaults: CommitFault[] = [];
  /** Nobody can reach the database. */
  isAway = false;
  #armed: { statementsLeft: number; run: () => void } | undefined;
  /** How many statements were carried out. */
  statements = 0;

  constructor(client: StatementClient, stillness: Stillness) {
    this.#client = client;
    this.#stillness = stillness;
  }

  /** Something happens right before the n-th statement from now: in the middle of whatever that belongs to. */
  arm(statementsLeft: number, run: () => void): void {
    this.#armed = { statementsLeft, run };
  }

  /** What was armed and has not happened does not happen. */
  disarm(): void {
    this.#armed = undefined;
  }

  connect(): StatementClient & { cut(): Promise<void> } {
    let isCut = false;
    let hasTransaction = false;
    let running: Promise<unknown> = Promise.resolve();

    const carryOut = async (sql: string, parameters: readonly unknown[]): Promise<Answer> => {
      if (!isCut) this.#countDown();
      if (isCut || this.isAway) {
        if (hasTransaction) await this.#rollBack();
        hasTransaction = false;
        throw new ConnectionLost("the connection to the database is lost");
      }
      if (sql.startsWith("start transaction")) hasTransaction = true;
      if (sql !== "commit" && sql !== "rollback") return await this.#run(sql, parameters);
      hasTransaction = false;
      const fault = sql === "commit" ? this.commitFaults.shift() : undefined;
      const answer = await this.#run(fault === "rolled-back" ? "rollback" : sql, parameters);
      if (fault) throw new ConnectionLost(`the commit was ${fault}`);
      return answer;
    };

    return {
      query: (sql, parameters) => {
        const work = this.#stillness.track(sql.slice(0, 60), carryOut(sql, parameters));
        running = work.catch(() => {});
        return work;
      },
      close: async () => {},
      cut: async () => {
        isCut = true;
        await running;
        if (hasTransaction) await this.#rollBack();
        hasTransaction = false;
      },
    };
  }

  /** Reads what is committed, past every server. Only between steps, when no transaction is open. */
  async read<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#client.query(sql, parameters)).rows as Row[];
  }

  #countDown(): void {
    const armed = this.#armed;
    if (!armed || --armed.statementsLeft > 0) return;
    this.#armed = undefined;
    armed.run();
  }

  #rollBack(): Promise<Answer> {
    return this.#run("rollback", []);
  }

  #run(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    this.statements++;
    return this.#client.query(sql, parameters);
  }
}
