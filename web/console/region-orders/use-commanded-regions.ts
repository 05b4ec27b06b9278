import { regionRoutes } from "@hanyouxu/api";
import { useQueries, useQuery } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";
import { useMe } from "../../ui/use-me.ts";

const COMMANDING = ["operator", "regulator", "station-staff"];

/**
 * The regions that the person commands, and then those right below them, as options of a select; undefined until all
 * are known.
 */
export function useCommandedRegions(): { value: string; label: string }[] | undefined {
  const me = useMe().data;
  const own = [
    ...new Set(
      (me?.roles ?? []).flatMap(({ role, region }) => (region && COMMANDING.includes(role) ? [region] : [])),
    ),
  ];
  const named = useQueries({
    queries: own.map((code) => ({
      queryKey: ["region", code],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.call(regionRoutes.getRegion, { params: { code }, signal }),
      staleTime: 60_000,
    })),
  });
  const below = useQuery({
    queryKey: ["regions-below", own],
    queryFn: async ({ signal }) => {
      // Who commands the whole platform begins with the provinces.
      const parents = own.length === 0 ? [{}] : own.map((parent) => ({ parent }));
      const answers = await Promise.all(
        parents.map((parent) =>
          api.call(regionRoutes.listRegions, { query: { ...parent, pageSize: 200 }, signal }),
        ),
      );
      return answers.flatMap(({ items }) => items);
    },
    enabled: Boolean(me),
    staleTime: 60_000,
  });
  if (below.isPending || named.some(({ isPending }) => isPending)) return undefined;
  const all = [...named.flatMap(({ data }) => (data ? [data] : [])), ...(below.data ?? [])];
  const options = new Map(all.map(({ code, name }) => [code, name]));
  return [...options].map(([value, label]) => ({ value, label }));
}
