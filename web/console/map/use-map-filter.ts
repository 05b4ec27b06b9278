import type { MachineState, SentMapFilter } from "@hanyouxu/api";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { MACHINE_STATES } from "../../map/machine-paint.ts";
import { FILTER_WORDS } from "./filter-words.ts";
import { LAYERS_PARAMETER } from "./use-map-layers.ts";

export type FilterName = Exclude<keyof SentMapFilter, "states">;

export interface MapFilterState {
  filter: SentMapFilter;
  isOn: boolean;
  hidden: ReadonlySet<MachineState>;
  set(name: FilterName, value: string | undefined): void;
  toggle(state: MachineState): void;
  reset(): void;
}

/** The map's filter, kept in the address, so that a figure elsewhere can lead to its machines on the map. */
export function useMapFilter(): MapFilterState {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(text)), [text]);
  const shown = filter.states?.split(",");
  const hidden = new Set(MACHINE_STATES.filter((state) => shown && !shown.includes(state)));
  const change = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === undefined || value === "") after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  return {
    filter,
    isOn: Object.keys(filter).length > 0,
    hidden,
    set: change,
    toggle(state) {
      const kept = MACHINE_STATES.filter((one) => (one === state ? hidden.has(one) : !hidden.has(one)));
      // Without any state there would be no map at all: it begins anew with all of them.
      const isAll = kept.length === MACHINE_STATES.length || kept.length === 0;
      change("states", isAll ? undefined : kept.join(","));
    },
    reset: () =>
      setSearch(
        (before) => {
          const layers = before.get(LAYERS_PARAMETER);
          return new URLSearchParams(layers === null ? {} : { [LAYERS_PARAMETER]: layers });
        },
        { replace: true },
      ),
  };
}

/** What an address says that the platform would take; the rest of it is left out. */
function readFilter(search: URLSearchParams): SentMapFilter {
  const fields = Object.entries(FILTER_WORDS).flatMap(([name, isSaid]) => {
    const value = search.get(name);
    return value !== null && isSaid(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(fields);
}
