import {
  certificateFamily,
  enterpriseDomain,
  enterpriseType,
  type MapChoices,
  mapPageRoutes,
  mapRoutes,
  weldingProcess,
} from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { maySee } from "../../ui/may-see.ts";
import { useEnterpriseRegions } from "../../ui/use-enterprise-regions.ts";
import { useIndustryOptions } from "../../ui/use-industry-options.ts";
import { useMe } from "../../ui/use-me.ts";
import { useShownAreas } from "../key-areas/use-shown-areas.ts";
import type { FilterName, MapFilterState } from "./use-map-filter.ts";

const HOURS = ["1", "8", "24", "168"];
/** Whether the count is that of the map, it is as old as the map's tiles. */
const COUNT_MS = 10_000;

/** Which machines the map shows, as a sentence with its count; the choices open below it. */
export function MapFilters({ state }: { state: MapFilterState }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const { filter } = state;
  const counts = useQuery({
    queryKey: ["map-counts", filter],
    queryFn: ({ signal }) => api.call(mapRoutes.countMapMachines, { query: filter, signal }),
    refetchInterval: COUNT_MS,
    placeholderData: (before) => before,
  });
  const left = useQuery({
    queryKey: ["map-choices", filter],
    queryFn: ({ signal }) => api.call(mapPageRoutes.mapChoices, { query: filter, signal }),
    enabled: isOpen,
    refetchInterval: COUNT_MS,
    placeholderData: (before) => before,
  });
  const choices = useChoices({
    hasRegions: isOpen || filter.region !== undefined,
    hasAreas: isOpen || filter.keyAreaId !== undefined,
  });
  const said = choices.flatMap(({ name, options }) => {
    const value = filter[name] as string | undefined;
    if (value === undefined) return [];
    const words = new Map(options.map((option) => [option.value, option.label]));
    return value.split(",").map((one) => words.get(one) ?? one);
  });
  const count = counts.data ? counts.data.machines.toLocaleString("en-US") : "–";
  return (
    <section
      className="panel map-filters"
      aria-label={t("console.map.filter.label")}
      data-testid="map-filters"
    >
      <p className="map-sentence" aria-live="polite">
        {said.length > 0 ? `${said.join(" · ")} ` : `${t("console.map.filter.all")} `}
        <strong data-testid="map-count">{count}</strong> {t("console.map.filter.unit")}
      </p>
      <div className="map-filter-ways">
        <Button size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t("console.map.filter.open")}
        </Button>
        {state.isOn ? (
          <Button size="small" type="text" onClick={state.reset}>
            {t("console.list.reset")}
          </Button>
        ) : null}
      </div>
      {isOpen ? (
        <div className="map-choices">
          {choices.map(({ name, label, options, isMany }) => (
            <Select
              key={name}
              size="small"
              allowClear
              showSearch={options.length > 12 ? { optionFilterProp: "label" } : false}
              {...(isMany ? { mode: "multiple" as const } : {})}
              maxTagCount="responsive"
              aria-label={label}
              placeholder={label}
              value={chosenOf(filter[name] as string | undefined, isMany)}
              options={options}
              optionRender={({ label: words, value }) => (
                <Option words={words} count={leftBy(left.data?.choices, name, value)} />
              )}
              onChange={(value: string | string[] | undefined) =>
                state.set(name, Array.isArray(value) ? value.join() : value)
              }
            />
          ))}
        </div>
      ) : null}
    </section>
  );
}

/** One choice and how many machines it would leave. */
function Option({ words, count }: { words: ReactNode; count: number | undefined }) {
  return (
    <span className="map-option">
      <span>{words}</span>
      <span className="map-option-count">{count?.toLocaleString("en-US") ?? "–"}</span>
    </span>
  );
}

/** What the platform does not name leaves none. */
function leftBy(
  choices: MapChoices["choices"] | undefined,
  name: FilterName,
  value: unknown,
): number | undefined {
  const counts = choices?.[name];
  return counts && (counts[String(value)] ?? 0);
}

function chosenOf(text: string | undefined, isMany: boolean) {
  if (!isMany) return text;
  return text === undefined ? [] : text.split(",");
}

interface Choice {
  name: FilterName;
  label: string;
  options: { value: string; label: string }[];
  isMany: boolean;
}

/** Regions and key areas are many: they are asked for once one may be chosen or named. */
function useChoices({ hasRegions, hasAreas }: { hasRegions: boolean; hasAreas: boolean }): Choice[] {
  const { t } = useTranslation();
  const regions = useEnterpriseRegions(undefined, hasRegions).data ?? [];
  const industries = useIndustryOptions("").flatMap(({ options }) => options);
  const me = useMe().data;
  const areas = useShownAreas(hasAreas && maySee(me, "keyAreas"));
  const many = (name: FilterName, values: readonly string[], word: (value: string) => string): Choice => ({
    name,
    label: t(`console.map.filter.${name}` as "console.map.filter.label"),
    options: values.map((value) => ({ value, label: word(value) })),
    isMany: true,
  });
  const one = (name: FilterName, options: Choice["options"]): Choice => ({
    ...many(name, [], String),
    options,
    isMany: false,
  });
  const yesOrNo = (name: "isMobile" | "hasAlarm" | "isInKeyArea") =>
    one(
      name,
      ["true", "false"].map((value) => ({
        value,
        label: t(`console.map.filter.is.${name}.${value}` as "console.map.filter.label"),
      })),
    );
  return [
    one("region", regions),
    many("enterpriseTypes", enterpriseType.options, (type) => t(`common.enterprise.type.${type as "other"}`)),
    many("domains", enterpriseDomain.options, (domain) => t(`common.enterprise.domain.${domain as "other"}`)),
    { ...many("industries", [], String), options: industries },
    many("processes", weldingProcess.options, (process) => t(`common.process.${process as "SMAW"}`)),
    yesOrNo("isMobile"),
    yesOrNo("hasAlarm"),
    yesOrNo("isInKeyArea"),
    ...(areas.length > 0
      ? [
          one(
            "keyAreaId",
            areas.map(({ id, name }) => ({ value: id, label: name })),
          ),
        ]
      : []),
    many("certificateFamilies", certificateFamily.options, (family) =>
      t(`common.family.${family as "emergency"}`),
    ),
    one(
      "workedWithinHours",
      HOURS.map((value) => ({ value, label: t("console.map.filter.hours", { count: Number(value) }) })),
    ),
  ];
}
