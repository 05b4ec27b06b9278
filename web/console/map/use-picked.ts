import { type LiveMachine, type MapHit, mapRoutes, type SentMapFilter } from "@hanyouxu/api";
import { useState } from "react";
import type { FlightTarget } from "../../map/fly-to.tsx";
import { api } from "../../ui/api.ts";
import type { PickedSquare } from "./shown-layer.tsx";

const MOST_LISTED = 200;
/** How near a hit is brought: a region is looked at as a whole. */
const ZOOMS = { machine: 16, enterprise: 15, keyArea: 15, fireStation: 14 } as const;
const ZOOM_BY_DIGITS: Record<number, number> = { 2: 7, 4: 8.5, 6: 10, 9: 12 };
const NEARER_ZOOM = 17;

export type Picked = ReturnType<typeof usePicked>;

/** What was picked on the map or found by name: a machine, several, a square, or something else; and where the map flies to. */
export function usePicked(machines: ReadonlyMap<string, LiveMachine>, filter: SentMapFilter) {
  const [target, setTarget] = useState<FlightTarget | null>(null);
  const [several, setSeveral] = useState<readonly LiveMachine[]>([]);
  const [machineId, setMachineId] = useState<string | null>(null);
  const [hit, setHit] = useState<MapHit | null>(null);
  const [square, setSquare] = useState<PickedSquare | null>(null);

  function close() {
    setSeveral([]);
    setMachineId(null);
    setHit(null);
    setSquare(null);
  }
  function pick(machineIds: readonly string[]) {
    const found = machineIds.flatMap((id) => machines.get(id) ?? []);
    close();
    setSeveral(found.length > 1 ? found : []);
    setMachineId(machineIds.length === 1 ? machineIds[0]! : null);
  }
  async function askCell(cell: string) {
    const query = { ...filter, cell, pageSize: MOST_LISTED };
    const { items } = await api.call(mapRoutes.listMapMachines, { query });
    close();
    setMachineId(items.length === 1 ? items[0]!.id : null);
    setSeveral(items.length > 1 ? items : []);
  }
  function pickSquare(picked: PickedSquare) {
    close();
    setSquare(picked);
  }
  function pickHit(found: MapHit) {
    const { kind, id, place } = found;
    close();
    if (kind === "machine") setMachineId(id);
    else setHit(found);
    const zoom = kind === "region" ? (ZOOM_BY_DIGITS[id.length] ?? NEARER_ZOOM) : ZOOMS[kind];
    setTarget(place && { ...place, zoom });
  }
  return {
    target,
    several,
    machineId,
    hit,
    square,
    close,
    pick,
    pickMachine: setMachineId,
    // The map stays as it is where the list does not come.
    pickCell: (cell: string) => void askCell(cell).catch(() => {}),
    pickSquare,
    pickHit,
    goNearer: (to: PickedSquare) => setTarget({ ...to.square.place, zoom: NEARER_ZOOM }),
  };
}
