import type { EnterpriseId, WorkSessionId } from "@hanyouxu/protocol";
import type { LightMyRequestResponse } from "fastify";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildStaff,
  buildWelder,
  county,
  here,
  otherCounty,
} from "./county.ts";
import type { Engine } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

/** An id that nothing has. */
export const nobody = "0198c0de-0000-7000-8000-00000000000a";

/** Two firms in two counties: one welder of the first is at work, one of the second was refused there. */
export interface TwoFirms {
  app: TestPlatform;
  own: { enterpriseId: EnterpriseId; machine: BuiltMachine; idle: BuiltMachine; welder: BuiltWelder };
  foreign: { enterpriseId: EnterpriseId; machine: BuiltMachine; welder: BuiltWelder };
  workSessionId: WorkSessionId;
  decisionId: string;
  refusedId: string;
  /** For requests that neither `get` nor `post` makes. */
  cookies: Readonly<Record<Who, string>>;
  start(who: Who | { cookie: string }, machineCode: string, body?: object): Promise<LightMyRequestResponse>;
  get(who: Who | undefined, url: string): Promise<LightMyRequestResponse>;
  post(who: Who | undefined, url: string, body?: object): Promise<LightMyRequestResponse>;
  cookieOf(who: Who): string;
}

export type Who =
  | "welder"
  | "otherWelder"
  | "operator"
  | "regulator"
  | "otherRegulator"
  | "station"
  | "officer"
  | "otherOfficer"
  | "installer"
  | "unbound";

export async function twoFirms(engine: Engine): Promise<TwoFirms> {
  const app = await withPlatform(engine);
  const { ctx } = app;
  const ownId = await buildEnterprise(ctx, { name: "演示甲厂" });
  const foreignId = await buildEnterprise(ctx, { name: "演示乙厂", region: otherCounty });
  const idle = { enterpriseId: ownId, name: "演示二号", process: "GMAW", isMobile: true } as const;
  const own = {
    enterpriseId: ownId,
    machine: await buildMachine(ctx, { enterpriseId: ownId, name: "演示一号" }),
    idle: await buildMachine(ctx, idle),
    welder: await buildWelder(app, { enterprises: [ownId] }),
  };
  const foreign = {
    enterpriseId: foreignId,
    machine: await buildMachine(ctx, { enterpriseId: foreignId, region: otherCounty, name: "演示外县" }),
    welder: await buildWelder(app, { enterprises: [foreignId], region: otherCounty }),
  };
  const cookies: Record<Who, string> = {
    welder: own.welder.cookie,
    otherWelder: foreign.welder.cookie,
    operator: (await buildStaff(app, "operator")).cookie,
    regulator: (await buildStaff(app, "regulator", { region: county })).cookie,
    otherRegulator: (await buildStaff(app, "regulator", { region: otherCounty })).cookie,
    station: (await buildStaff(app, "station-staff", { region: county })).cookie,
    officer: (await buildStaff(app, "enterprise-officer", { enterpriseId: ownId })).cookie,
    otherOfficer: (await buildStaff(app, "enterprise-officer", { enterpriseId: foreignId })).cookie,
    installer: (await buildStaff(app, "installer", { region: county })).cookie,
    unbound: (await buildStaff(app, "regulator")).cookie,
  };
  const start: TwoFirms["start"] = (who, machineCode, body = {}) =>
    app.call("POST", "/api/work-sessions", {
      cookie: typeof who === "string" ? cookies[who] : who.cookie,
      body: { machineCode, position: here, idempotencyKey: ctx.newId(), ...body },
    });
  for (const { chip } of [own.machine, own.idle, foreign.machine]) await app.bringOnline(chip);
  const { workSessionId, decisionId } = (await start("welder", own.machine.machineCode)).json().workSession;
  await app.say(own.machine.chip.energised(workSessionId));
  await app.say(own.machine.chip.telemetry({ arcCurrentDeciamps: 1_234, flags: { arcOn: true } }));
  const { decisionId: refusedId } = (await start("otherWelder", own.machine.machineCode)).json();
  const as = (who: Who | undefined) => (who === undefined ? {} : { cookie: cookies[who] });
  return {
    app,
    own,
    foreign,
    workSessionId,
    decisionId,
    refusedId,
    cookies,
    start,
    get: (who, url) => app.call("GET", url, as(who)),
    cookieOf: (who) => cookies[who],
    post: (who, url, body = {}) => app.call("POST", url, { body, ...as(who) }),
  };
}

/** `200`, or `403 role.forbidden`. */
export function codeOf(response: LightMyRequestResponse): string {
  return `${response.statusCode} ${response.json().error?.code ?? ""}`.trim();
}

/** The fields that an answer 400 names. */
export function fieldsOf(response: LightMyRequestResponse): string[] {
  return response.json().error.fields.map(({ path }: { path: string }) => path);
}
