/** `npm start`: the embedded system with a simulated county, for a newcomer. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createApiClient, demoRoutes } from "@hanyouxu/api";
import { ConfigError, FolderLocked } from "@hanyouxu/server";
import { defaultChipsOnline } from "@hanyouxu/simulator";
import QRCode from "qrcode";
import { addCountyStations } from "./county-stations.ts";
import { demoNewcomers } from "./registry/demo-newcomers.ts";
import { startSystem } from "./system.ts";

const usage = `用法 / usage: npm start -- [--online N] [--port N] [--data FOLDER]
  --online N     在线芯片数 / chips online (${defaultChipsOnline})
  --port N       网页端口 / port of the pages (8080)
  --data FOLDER  数据目录 / where everything is kept (.data/demo)
`;

const steps: Record<string, string> = {
  county: "生成演示县 / making the demonstration county",
  server:
    "启动平台，登记企业、焊工、焊机 / starting the platform, registering enterprises, welders, machines",
  chips: "芯片上线 / bringing chips online",
};

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new RangeError(`--${name}: 应为 0 至 ${max} 的整数 / write a whole number from 0 to ${max}`);
  }
  return value;
}

async function demo(): Promise<void> {
  const { values } = parseArgs({
    options: {
      online: { type: "string", default: String(defaultChipsOnline) },
      port: { type: "string", default: "8080" },
      data: { type: "string", default: ".data/demo" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const dir = resolve(values.data);
  const problems = new Map<string, number>();
  const system = await startSystem({
    dir,
    httpPort: wholeNumber("port", values.port, 65_535),
    online: wholeNumber("online", values.online, 3_980),
    crew: {},
    environment: { HY_LOG_LEVEL: "warn" },
    onStep: (step) => process.stdout.write(`· ${steps[step] ?? step}\n`),
    onProblem(what, error) {
      // One line a kind: a demonstration that lost its network must not scroll away.
      const text = error instanceof Error ? error.message : String(error);
      const seen = (problems.get(text) ?? 0) + 1;
      problems.set(text, seen);
      if (seen === 1) process.stderr.write(`! ${what}: ${text}\n`);
    },
  });
  await addCountyStations(system.app!, system.county);
  const newcomers = demoNewcomers(system.county).map(
    ({ name, phone, identityNumber, certificate, isInRegistry }) =>
      `      ${name}  ${phone}  ${identityNumber}  ${certificate.number}  ${certificate.validFrom}–${certificate.validTo}  ` +
      `${certificate.reviewDueOn}  ${isInRegistry ? "登记库有 / in the registry" : "登记库无 / not in the registry"}`,
  );
  const labels = await writeLabels(system.url, join(dir, "labels"));
  process.stdout.write(`
  焊有序 Hanyouxu 演示县已启动 / the demonstration county is running

    大屏与后台 / console   ${system.url}/console/
    手机端 / phone         ${system.url}/m/
    演示账号 / accounts    ${system.url}/m/#/demo-inbox
    设备码图片 / labels    ${labels}
    可自行登记的人 / people who may register (name, phone, identity number, certificate, valid, review):
${newcomers.join("\n")}

  按 Ctrl-C 停止 / press Ctrl-C to stop
`);
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(130);
    isStopping = true;
    process.stdout.write("\n· 正在停止 / stopping\n");
    system[Symbol.asyncDispose]().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

/** The labels of the machines of the tour as pictures: for a phone's camera, or to be uploaded as a photo. */
async function writeLabels(baseUrl: string, dir: string): Promise<string> {
  mkdirSync(dir, { recursive: true });
  const { labels } = await createApiClient({ baseUrl, fetch }).call(demoRoutes.demoAccounts, {});
  for (const [index, label] of labels.entries()) {
    const picture = await QRCode.toBuffer(label.url, { errorCorrectionLevel: "Q", width: 600, margin: 4 });
    writeFileSync(join(dir, `${index + 1}-${label.machineCode}.png`), picture);
  }
  return dir;
}

try {
  await demo();
} catch (error) {
  const isExpected =
    error instanceof ConfigError || error instanceof FolderLocked || error instanceof RangeError;
  const isUsage = error instanceof TypeError && "code" in error;
  if (!isExpected && !isUsage) throw error;
  process.stderr.write(`${error.message}\n${isUsage ? usage : ""}`);
  process.exitCode = 2;
}
