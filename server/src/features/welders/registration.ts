import { bilingual } from "@hanyouxu/api";
import { bytesToHex, type PersonId, type RegionCode, type WelderId } from "@hanyouxu/protocol";
import { ageOn, parseIdentityNumber, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import { AppError } from "../../errors.ts";
import { privacyTextNow, recordConsent } from "../personal-data/personal-data.ts";
import {
  findName,
  findWelderId,
  insertWelder,
  isTownship,
  lockPerson,
  setName,
} from "./registration-queries.ts";

export interface Registration {
  name: string;
  identityNumber: string;
  township: string;
  consentTextId: string;
}

const youngestYears = 18;
/** Nobody older welds. The demonstration's people were born before 1900, so that none of them is anybody. */
const oldestYears = { real: 100, demo: 150 };

/**
 * Makes a signed-in person, whose phone was proved, a welder.
 * @throws AppError request.invalid | registration.done | registration.identity_taken | registration.name_differs |
 *   registration.consent_outdated
 */
export async function registerWelder(
  ctx: Pick<AppContext, "db" | "clock" | "random" | "newId" | "personalData" | "audit" | "config">,
  personId: PersonId,
  input: Registration,
): Promise<void> {
  const notice = await privacyTextNow(ctx, ctx.db);
  if (input.consentTextId !== notice.consentTextId) throw new AppError("registration.consent_outdated");
  const identityNumber = identityNumberOf(ctx, input.identityNumber);
  const now = new Date(ctx.clock.nowMs());
  const welderId = ctx.newId() as WelderId;
  try {
    await ctx.db.transaction().execute(async (tx) => {
      await lockPerson(tx, personId);
      if (await findWelderId(tx, personId)) throw new AppError("registration.done");
      if (!(await isTownship(tx, input.township))) throw wrongField("township", townshipUnknown);
      const known = ctx.personalData.open("name", await findName(tx, personId));
      if (known !== "" && known !== input.name) throw new AppError("registration.name_differs");
      if (known === "") await setName(tx, personId, ctx.personalData.seal("name", input.name));
      await insertWelder(
        tx,
        {
          welder_id: welderId,
          person_id: personId,
          pseudonym: bytesToHex(ctx.random(8)),
          identity_ciphertext: ctx.personalData.seal("identity-number", identityNumber),
          identity_index: ctx.personalData.blindIndex("identity-number", identityNumber),
          region_code: input.township as RegionCode,
          status: "active",
          created_at: now,
        },
        ctx.newId(),
      );
      await recordConsent(ctx, tx, personId, notice.consentTextId);
      await ctx.audit.record(tx, {
        actor: personId,
        action: "welder.registered",
        subject: `welder:${welderId}`,
        details: { region: input.township, consentVersion: notice.version },
      });
    });
  } catch (error) {
    // Says nothing about who has it.
    if (isUniqueViolation(error, "welders_identity_index_key"))
      throw new AppError("registration.identity_taken", { cause: error });
    throw error;
  }
}

function identityNumberOf({ clock, config }: Pick<AppContext, "clock" | "config">, text: string): string {
  const parsed = parseIdentityNumber(text);
  if (!parsed.ok) throw wrongField("identityNumber", identityProblems[parsed.reason]);
  const years = ageOn(parsed.value.birthDay, shanghaiDay(clock.nowMs()));
  if (years < 0 || years > oldestYears[config.demo ? "demo" : "real"])
    throw wrongField("identityNumber", identityProblems["birth-day"]);
  if (years < youngestYears) throw wrongField("identityNumber", tooYoung);
  return parsed.value.number;
}

const identityProblems = {
  shape: bilingual(
    "身份证号应为 18 位：17 位数字加 1 位数字或 X",
    "An identity number has 18 characters: 17 digits and a digit or X",
  ),
  "birth-day": bilingual(
    "身份证号中的出生日期不正确，请逐位核对",
    "The birthday in the identity number cannot be right: check each digit",
  ),
  "check-character": bilingual(
    "身份证号有输错的字符，请逐位核对",
    "The identity number has a wrong character: check each of them",
  ),
} as const;
const tooYoung = bilingual(
  "未满 18 周岁不能从事焊接作业，不能登记",
  "Nobody under 18 may weld, so you cannot register yet",
);
const townshipUnknown = bilingual("请从列表中选择乡镇（街道）", "Choose a township from the list");

function wrongField(field: keyof Registration, message: string): AppError {
  return new AppError("request.invalid", { fields: [{ path: `body.${field}`, message }] });
}
