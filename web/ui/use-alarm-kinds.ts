import { alarmRoutes, type ShownAlarmKind } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";
import { useWord } from "./use-word.ts";

/** The rule of every kind of alarm; it changes with the platform only. */
export function useAlarmKinds() {
  return useQuery({
    queryKey: ["alarm-kinds"],
    queryFn: ({ signal }) => api.call(alarmRoutes.listAlarmKinds, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a kind of alarm is called, in the page's language. */
export function useAlarmTitle(): (kind: ShownAlarmKind["kind"]) => string {
  const kinds = useAlarmKinds().data?.kinds;
  const word = useWord();
  return (kind) => {
    const rule = kinds?.find((one) => one.kind === kind);
    return rule ? word(rule.title) : kind;
  };
}
