import type { MachineId } from "@hanyouxu/protocol";
import { integerBetween, pick, pickWeighted, type Random, shuffled } from "../random.ts";
import { demoUuid } from "./demo-ids.ts";
import { type MachineModel, machineModel, machineModels } from "./machine-models.ts";
import { placeWithin, shiftPlace } from "./place.ts";
import type { Cast, DemoEnterprise, DemoMachine, Place } from "./types.ts";

/** As the county reported them. */
export const machineCount = 3981;
export const mobileMachineCount = 612;

type CastPart = keyof Cast["machines"];

const castModels: readonly { part: CastPart; model: string }[] = [
  { part: "ordinary", model: "ZX7-400" },
  { part: "second", model: "NBC-350" },
  { part: "spotWelder", model: "DN-35" },
  { part: "tampered", model: "BX1-315" },
  { part: "locked", model: "WSM-400" },
  { part: "distant", model: "ZX7-400" },
  { part: "foreign", model: "ZX7-400" },
  { part: "offline", model: "BX1-500" },
  { part: "mobile", model: "ZX7-200" },
];

export function generateMachines(
  random: Random,
  enterprises: readonly DemoEnterprise[],
): { machines: DemoMachine[]; cast: Cast["machines"] } {
  const numbers = new Map<string, number>();
  let index = 0;
  const make = (owner: DemoEnterprise, model: MachineModel, isMobile: boolean, home: Place): DemoMachine => {
    const number = (numbers.get(model.model) ?? 0) + 1;
    numbers.set(model.model, number);
    return {
      machineId: demoUuid(random, index++) as MachineId,
      name: `演示焊机 ${model.model} ${String(number).padStart(4, "0")}`,
      model: model.model,
      process: model.process,
      isMobile,
      enterpriseId: owner.enterpriseId,
      townshipCode: owner.townshipCode,
      home,
    };
  };

  const parts = castModels.map(({ part, model }) => {
    const owner = enterprises[part === "foreign" ? 1 : 0]!;
    const home = part === "distant" ? shiftPlace(owner, 1500, 1500) : placeWithin(random, owner, 40);
    return { part, machine: make(owner, machineModel(model), part === "mobile", home) };
  });
  const cast = Object.fromEntries(parts.map(({ part, machine }) => [part, machine.machineId]));

  const owners = ownersOfRest(random, enterprises, machineCount - parts.length);
  const mobile = new Set(
    shuffled(
      random,
      owners.map((_, rest) => rest),
    ).slice(0, mobileMachineCount - 1),
  );
  const portable = machineModels.filter(({ isPortable }) => isPortable);
  const rest = owners.map((owner, position) => {
    const isMobile = mobile.has(position);
    const model = pickWeighted(random, isMobile ? portable : machineModels);
    return make(owner, model, isMobile, placeWithin(random, owner, isMobile ? 350 : 120));
  });
  return {
    machines: [...parts.map(({ machine }) => machine), ...shuffled(random, rest)],
    cast: cast as Cast["machines"],
  };
}

/** Every enterprise has a machine; the others go mostly to a few big ones. */
function ownersOfRest(
  random: Random,
  enterprises: readonly DemoEnterprise[],
  count: number,
): DemoEnterprise[] {
  const owners: DemoEnterprise[] = [...enterprises];
  const big = shuffled(random, enterprises).slice(0, 300);
  while (owners.length < count) {
    owners.push(
      random.next() < 0.6
        ? big[Math.min(integerBetween(random, 0, 299), integerBetween(random, 0, 299))]!
        : pick(random, enterprises),
    );
  }
  return owners;
}
