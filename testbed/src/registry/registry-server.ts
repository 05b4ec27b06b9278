import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A certificate as the registry has it. */
export interface RegisteredCertificate {
  family: string;
  number: string;
  item: string;
  name: string;
  identityNumber: string;
  validFrom: string;
  validTo: string;
  reviewDueOn: string | null;
  status: "valid" | "suspended" | "revoked";
}

export interface RegistryServer {
  url: string;
  token: string;
  /** Puts a certificate into the register, as its issuer would. */
  add(certificate: RegisteredCertificate): void;
  /** Answers every question with 503 from now on, or no longer. */
  setDown(isDown: boolean): void;
  /** Questions answered so far. */
  asked(): number;
  stop(): Promise<void>;
}

const compared = ["name", "identityNumber", "validFrom", "validTo", "reviewDueOn"] as const;

/**
 * A certificate registry for demonstrations and tests: real HTTP, the protocol of docs/guides/certificate-registry.md,
 * made-up certificates. Every answer says that it is one (演示).
 */
export async function startRegistryServer(
  certificates: Iterable<RegisteredCertificate>,
  options: { token: string; today: () => string; port?: number },
): Promise<RegistryServer> {
  const { token, today } = options;
  const byNumber = new Map<string, RegisteredCertificate[]>();
  const add = (certificate: RegisteredCertificate) => {
    const key = `${certificate.family}\0${certificate.number}`;
    byNumber.set(key, [...(byNumber.get(key) ?? []), certificate]);
  };
  for (const certificate of certificates) add(certificate);
  let isDown = false;
  let asked = 0;

  function answerTo(question: Partial<RegisteredCertificate>): { outcome: string; differs: string[] } {
    const held = byNumber.get(`${question.family}\0${question.number}`) ?? [];
    const found = held.find(({ item }) => item === question.item);
    if (held.length === 0) return { outcome: "not-found", differs: [] };
    if (!found) return { outcome: "mismatch", differs: ["item"] };
    const differs = compared.filter((field) => found[field] !== question[field]);
    if (differs.length > 0) return { outcome: "mismatch", differs };
    if (found.status !== "valid") return { outcome: "revoked", differs: [] };
    return { outcome: found.validTo < today() ? "expired" : "valid", differs: [] };
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() =>
      send(response, 400, { error: "演示登记库：请求有误 / bad request" }),
    );
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.authorization !== `Bearer ${token}`)
      return send(response, 401, { error: "演示登记库：令牌有误 / wrong token" });
    if (request.method !== "POST" || request.url !== "/v1/certificates/check")
      return send(response, 404, { error: "演示登记库：没有此地址 / nothing here" });
    if (isDown) return send(response, 503, { error: "演示登记库：暂停服务 / not available" });
    const question = JSON.parse(await textOf(request)) as Partial<RegisteredCertificate>;
    asked++;
    send(response, 200, { ...answerTo(question), source: "演示登记库，数据均为虚构" });
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    add,
    setDown: (down) => {
      isDown = down;
    },
    asked: () => asked,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) {
    text += String(part);
    if (text.length > 20_000) throw new RangeError("too long");
  }
  return text;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}
