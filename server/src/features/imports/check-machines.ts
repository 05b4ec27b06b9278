import {
  createMachineCode,
  isAuthenticMachineCode,
  type MachineCode,
  type MachineId,
  parseMachineCode,
} from "@hanyouxu/protocol";
import { processTitles, weldingProcesses } from "@hanyouxu/rules";
import { machineCodeMac } from "../../crypto/machine-code-mac.ts";
import { registerRows } from "../register/register.ts";
import { isInScope } from "../sign-in/sign-in.ts";
import { FirstRows, type MakeChecker, type Outcome } from "./checker.ts";
import { hasUsccForm } from "./identifiers.ts";
import {
  type EnterpriseRow,
  type KnownMachine,
  selectEnterprisesByUscc,
  selectMachinesByCode,
  selectMachinesByFactoryNumber,
} from "./queries.ts";
import type { RowReader } from "./row-reader.ts";

const processes = weldingProcesses.map(
  (process) => [process, processTitles[process].zh, processTitles[process].en] as const,
);
const yesNo = [
  ["yes", "是", "yes", "true", "1"],
  ["no", "否", "no", "false", "0"],
] as const;

/** Machines are recognised by their code where they have one, else by the maker's number within their enterprise. */
export const checkMachines: MakeChecker = (ctx, scope, places) => {
  const firstRows = new FirstRows();
  const rowsOf = registerRows(ctx);
  const mac = machineCodeMac(ctx.machineCodeKey);

  function codeOf(row: RowReader): MachineCode | undefined {
    const text = row.text("machineCode");
    if (text === undefined) return undefined;
    const parsed = parseMachineCode(text);
    if (parsed.ok && isAuthenticMachineCode(parsed.value, mac)) return parsed.value;
    return row.wrong("machineCode", "machine_code_invalid");
  }

  function read(row: RowReader) {
    const model = row.text("model", { most: 60, isNeeded: true })?.normalize("NFKC").toUpperCase();
    // GB/T 10249: letters for kind and feature, a series figure, the rated current.
    if (model !== undefined && !/^[A-Z]{1,4}\d{0,2}-?\d{2,4}[A-Z0-9/-]*$/.test(model))
      row.wrong("model", "model_unusual");
    const [longitude, latitude] = [row.number("longitude", 73, 136), row.number("latitude", 3, 54)];
    if (row.isEmpty("longitude") !== row.isEmpty("latitude"))
      row.wrong(row.isEmpty("longitude") ? "longitude" : "latitude", "place_incomplete");
    return {
      name: row.text("name", { isNeeded: true }),
      model,
      process: row.choice("process", processes, true),
      uscc: row.coded("enterpriseUscc", hasUsccForm, "uscc_invalid", true),
      serialNumber: row.text("serialNumber", { most: 60, isNeeded: true }),
      code: codeOf(row),
      isMobile: row.choice("isMobile", yesNo),
      home:
        longitude === undefined || latitude === undefined
          ? undefined
          : { longitudeDegrees: longitude, latitudeDegrees: latitude },
    };
  }
  type Read = ReturnType<typeof read>;

  function judge(
    row: RowReader,
    values: Read,
    enterprise: EnterpriseRow | undefined,
    byCode: KnownMachine | undefined,
    byNumber: KnownMachine | undefined,
  ): Outcome | undefined {
    if (values.uscc !== undefined && !enterprise) row.wrong("enterpriseUscc", "enterprise_unknown");
    if (enterprise && !isInScope(scope, enterprise.region_code, enterprise.enterprise_id))
      row.wrong("enterpriseUscc", "out_of_scope");
    if (values.code !== undefined && !byCode) row.wrong("machineCode", "machine_code_unknown");
    if (byCode && enterprise && byCode.enterprise_id !== enterprise.enterprise_id)
      row.wrong("machineCode", "machine_other_enterprise");
    if (byCode && byNumber && byCode.machine_id !== byNumber.machine_id)
      row.wrong("serialNumber", "serial_number_taken");
    const existing = byCode ?? byNumber;
    // Of an unknown enterprise nobody knows where it is: one error says enough.
    const region = enterprise && places.regionOf(row, existing?.region_code ?? enterprise.region_code);
    if (region !== undefined && !isInScope(scope, region, enterprise?.enterprise_id))
      row.wrong("region", "out_of_scope");
    const { name, model, process, serialNumber } = values;
    if (enterprise && serialNumber !== undefined) {
      const earlier = firstRows.earlier(`${enterprise.enterprise_id} ${serialNumber}`, row.rowNumber);
      if (earlier !== undefined) return row.wrong("serialNumber", "duplicate_in_file", { row: earlier });
    }
    if (values.code !== undefined) {
      const earlier = firstRows.earlier(values.code, row.rowNumber);
      if (earlier !== undefined) return row.wrong("machineCode", "duplicate_in_file", { row: earlier });
    }
    if (!enterprise || !name || !model || !process || !serialNumber || !region) return undefined;
    if (!existing) {
      const machine = {
        machineId: ctx.newId() as MachineId,
        name,
        model,
        process,
        isMobile: values.isMobile === "yes",
        enterpriseId: enterprise.enterprise_id,
        regionCode: region,
        home: values.home ?? null,
        status: "registered" as const,
        serialNumber,
      };
      return {
        fate: "insert",
        data: { machines: [rowsOf.machine(machine, createMachineCode(ctx.random, mac))] },
      };
    }
    // An empty cell changes nothing.
    const change = {
      name,
      model,
      process,
      serial_number: serialNumber,
      is_mobile: values.isMobile === undefined ? existing.is_mobile : values.isMobile === "yes",
      region_code: region,
      home_latitude_degrees: values.home?.latitudeDegrees ?? existing.home_latitude_degrees,
      home_longitude_degrees: values.home?.longitudeDegrees ?? existing.home_longitude_degrees,
    };
    const isSame = Object.entries(change).every(
      ([key, value]) => existing[key as keyof typeof change] === value,
    );
    if (isSame) return { fate: "same", data: {} };
    return { fate: "update", data: { machineChanges: [{ machine_id: existing.machine_id, ...change }] } };
  }

  return {
    async check(rows) {
      const values = rows.map(read);
      const enterprises = await selectEnterprisesByUscc(
        ctx.db,
        values.flatMap(({ uscc }) => uscc ?? []),
      );
      const byCode = await selectMachinesByCode(
        ctx.db,
        values.flatMap(({ code }) => code ?? []),
      );
      const byNumber = await selectMachinesByFactoryNumber(
        ctx.db,
        [...enterprises.values()].map(({ enterprise_id }) => enterprise_id),
        values.flatMap(({ serialNumber }) => serialNumber ?? []),
      );
      return rows.map((row, index) => {
        const value = values[index]!;
        const enterprise = enterprises.get(value.uscc ?? "");
        const number = byNumber.get(`${enterprise?.enterprise_id} ${value.serialNumber}`);
        return judge(row, value, enterprise, byCode.get(value.code ?? ""), number);
      });
    },
  };
};
