import { type County, generateCounty, isCertifiedFor } from "@hanyouxu/simulator";

/** A county of a few machines with everybody who may work at them, and the cast. */
export function smallCounty(seed: number, onDay: string, machineCount: number): County {
  const county = generateCounty(seed, onDay);
  const castMachines = new Set<string>(Object.values(county.cast.machines));
  const castWelders = new Set<string>(Object.values(county.cast.welders));
  const hasWelder = (machine: County["machines"][number]) =>
    county.welders.some(
      (welder) =>
        welder.enterpriseIds.includes(machine.enterpriseId) &&
        !castWelders.has(welder.welderId) &&
        isCertifiedFor(welder, machine.process),
    );
  const chosen = county.machines
    .filter((machine) => !castMachines.has(machine.machineId) && hasWelder(machine))
    .slice(0, machineCount);
  const machines = [...county.machines.filter(({ machineId }) => castMachines.has(machineId)), ...chosen];
  const owners = new Set([
    county.enterprises[0]!.enterpriseId,
    ...machines.map(({ enterpriseId }) => enterpriseId),
  ]);
  const welders = county.welders
    .map((welder) => ({ ...welder, enterpriseIds: welder.enterpriseIds.filter((id) => owners.has(id)) }))
    .filter(({ welderId, enterpriseIds }) => castWelders.has(welderId) || enterpriseIds.length > 0);
  const enterprises = county.enterprises.filter(({ enterpriseId }) => owners.has(enterpriseId));
  return { ...county, machines, welders, enterprises };
}
