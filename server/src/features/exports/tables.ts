import type { Language } from "@hanyouxu/api";
import { formatMachineCode } from "@hanyouxu/protocol";
import { certificateFamilyTable, certificateItems, processTitles, type Text } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskIdentityNumber, maskName, maskPhone } from "../../crypto/mask.ts";
import { type MachineRow, machineOf } from "../machines/machines.ts";
import { isInScope, type Scope } from "../sign-in/sign-in.ts";
import type { WorkSessionRow } from "../work-sessions/work-sessions.ts";
import { workSessionOf } from "../work-sessions/work-sessions.ts";
import type { ExportTable } from "./exports.ts";
import type { ExportedWelder, selectEnterprises } from "./queries.ts";
import { shanghaiTime } from "./shanghai-time.ts";

type OpenContext = Pick<AppContext, "personalData" | "clock">;
type Enterprise = Awaited<ReturnType<typeof selectEnterprises>>[number];

const states: Readonly<Record<string, Text>> = {
  tampered: text("拆动", "tampered"),
  faulted: text("故障", "faulted"),
  locked: text("锁定", "locked"),
  offline: text("离线", "offline"),
  arcing: text("焊接中", "arcing"),
  energised: text("已通电", "energised"),
  granted: text("已授权", "granted"),
  idle: text("空闲", "idle"),
  active: text("正常", "active"),
  suspended: text("暂停", "suspended"),
  ended: text("已结束", "ended"),
  "not-started": text("未开机", "not started"),
  valid: text("有效", "valid"),
  revoked: text("撤销", "revoked"),
};

/** Lists as people take them away: in one language, personal data masked as on the screen. */
export function exportTables(ctx: OpenContext, language: Language) {
  const word = ({ zh, en }: Text) => (language === "en" ? en : zh);
  const pick = (zh: string, en: string) => word({ zh, en });
  const state = (key: string) => word(states[key] ?? text(key, key));
  const yes = (is: boolean) => (is ? pick("是", "yes") : pick("否", "no"));
  const time = shanghaiTime;

  return {
    machines(rows: readonly MachineRow[]): ExportTable {
      const machines = rows.map((row) => ({ row, ...machineOf(row, ctx.clock.nowMs()) }));
      return {
        list: "machines",
        title: pick("焊机", "machines"),
        heads: [
          [pick("焊机名称", "name"), 28],
          [pick("设备码", "machine code"), 24],
          [pick("型号", "model"), 14],
          [pick("工艺", "process"), 20],
          [pick("状态", "state"), 10],
          [pick("所属单位", "enterprise"), 30],
          [pick("区划代码", "region code"), 14],
          [pick("乡镇（街道）", "township"), 16],
          [pick("流动焊机", "mobile"), 10],
          [pick("最近上报", "last heard"), 20],
        ],
        rows: machines.map((machine) => [
          machine.name,
          formatMachineCode(machine.row.machine_code),
          machine.model,
          word(processTitles[machine.process]),
          state(machine.state),
          machine.enterpriseName,
          machine.region,
          machine.regionName,
          yes(machine.isMobile),
          time(machine.heardAt),
        ]),
      };
    },

    workSessions(rows: readonly WorkSessionRow[], named: Scope): ExportTable {
      const sessions = rows.map((row) =>
        workSessionOf(ctx, row, { isNamed: isInScope(named, row.region_code, row.enterprise_id) }),
      );
      return {
        list: "work-sessions",
        title: pick("作业记录", "work sessions"),
        heads: [
          [pick("授权时间", "granted at"), 20],
          [pick("状态", "status"), 10],
          [pick("焊机名称", "machine"), 28],
          [pick("型号", "model"), 14],
          [pick("单位", "enterprise"), 30],
          [pick("焊工", "welder"), 10],
          [pick("区划代码", "region code"), 14],
          [pick("通电（秒）", "powered (s)"), 12],
          [pick("燃弧（秒）", "arc (s)"), 12],
          [pick("能量（千焦）", "energy (kJ)"), 12],
          [pick("结束时间", "ended at"), 20],
          [pick("结束原因", "end reason"), 16],
        ],
        rows: sessions.map((session) => [
          time(session.grantedAt),
          state(session.status),
          session.machineName,
          session.model,
          session.enterpriseName,
          session.welderName,
          session.region,
          Math.round(session.energisedMs / 1000),
          Math.round(session.arcMs / 1000),
          session.energyKilojoules,
          time(session.endedAt),
          session.endReason,
        ]),
      };
    },

    enterprises(rows: readonly Enterprise[]): ExportTable {
      return {
        list: "enterprises",
        title: pick("单位", "enterprises"),
        heads: [
          [pick("单位名称", "name"), 30],
          [pick("统一社会信用代码", "USCC"), 24],
          [pick("行业代码", "industry"), 10],
          [pick("区划代码", "region code"), 14],
          [pick("乡镇（街道）", "township"), 16],
          [pick("状态", "status"), 10],
        ],
        rows: rows.map((row) => [
          row.name,
          row.uscc,
          row.industry,
          row.region_code,
          row.region_name,
          state(row.status),
        ]),
      };
    },

    welders(rows: readonly ExportedWelder[]): ExportTable {
      const open = ctx.personalData.open;
      return {
        list: "welders",
        title: pick("焊工", "welders"),
        heads: [
          [pick("姓名", "name"), 10],
          [pick("身份证号", "identity number"), 22],
          [pick("手机号", "phone"), 16],
          [pick("区划代码", "region code"), 14],
          [pick("乡镇（街道）", "township"), 16],
          [pick("所属单位", "enterprises"), 36],
          [pick("状态", "status"), 10],
          [pick("证书类别", "certificate family"), 30],
          [pick("作业项目", "item"), 24],
          [pick("证书编号", "certificate number"), 26],
          [pick("有效期起", "valid from"), 14],
          [pick("有效期止", "valid to"), 14],
          [pick("复审日期", "review due"), 14],
          [pick("证书状态", "certificate status"), 10],
        ],
        rows: rows.map((row) => [
          maskName(open("name", row.name_ciphertext)),
          row.identity_ciphertext && maskIdentityNumber(open("identity-number", row.identity_ciphertext)),
          row.phone_ciphertext && maskPhone(open("phone", row.phone_ciphertext)),
          row.region_code,
          row.region_name,
          row.enterprise_names,
          state(row.status),
          row.family && familyWord(row.family, word),
          row.item && itemWord(row.item, word),
          row.number_ciphertext && maskIdentityNumber(open("certificate-number", row.number_ciphertext)),
          row.valid_from,
          row.valid_to,
          row.review_due_on,
          row.certificate_status && state(row.certificate_status),
        ]),
      };
    },
  };
}

function familyWord(family: string, word: (text: Text) => string): string {
  const entry = certificateFamilyTable[family as keyof typeof certificateFamilyTable];
  return entry ? word(entry.title) : family;
}

function itemWord(id: string, word: (text: Text) => string): string {
  const found = certificateItems.find((item) => item.id === id);
  return found ? word(found.title) : id;
}

function text(zh: string, en: string): Text {
  return { zh, en };
}
