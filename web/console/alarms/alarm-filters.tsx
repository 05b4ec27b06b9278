import { type AlarmCounts, alarmCondition, alarmHandling, alarmKind, alarmSeverity } from "@hanyouxu/api";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAlarmTitle } from "../../ui/use-alarm-kinds.ts";
import { useEnterpriseRegions } from "../../ui/use-enterprise-regions.ts";
import { useMe } from "../../ui/use-me.ts";
import { FirmSelect } from "../enterprises/firm-select.tsx";
import { DateFilter } from "../ui/date-filter.tsx";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import type { ListState } from "../ui/use-list-state.ts";
import { WHICH } from "./alarm-query.ts";
import { MachineSelect } from "./machine-select.tsx";

interface Props {
  list: ListState;
  counts: AlarmCounts | undefined;
}

/** Every way to narrow the list; what can be counted is counted. */
export function AlarmFilters({ list, counts }: Props) {
  const { t } = useTranslation();
  const title = useAlarmTitle();
  const regions = useEnterpriseRegions();
  const hasDepartment = useMe().data?.roles.some(({ department }) => department) ?? false;
  const openOf = (kind: string) => counts?.byKind.find((one) => one.kind === kind)?.open ?? 0;
  return (
    <>
      <div className="alarm-counts">
        {alarmSeverity.options.map((severity) => (
          <CountButton
            key={severity}
            list={list}
            name="severity"
            value={severity}
            words={t(`common.alarms.severity.${severity}`)}
            count={counts?.bySeverity[severity]}
          />
        ))}
        <CountButton
          list={list}
          name="handling"
          value="unacknowledged"
          words={t("common.alarms.handling.unacknowledged")}
          count={counts?.unacknowledged}
        />
        <CountButton
          list={list}
          name="isOverdue"
          value="true"
          words={t("console.alarms.overdue")}
          count={counts?.overdue}
        />
        <CountButton list={list} name="isMine" value="true" words={t("console.alarms.mine")} />
        {hasDepartment ? (
          <CountButton
            list={list}
            name="isMyDepartments"
            value="true"
            words={t("console.alarms.myDepartments")}
          />
        ) : null}
      </div>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="which"
          label={t("console.alarms.which")}
          values={WHICH}
          wordFor={(which) => t(`console.alarms.whichOf.${which}`)}
        />
        <ChoiceFilter
          list={list}
          name="kind"
          label={t("console.alarms.kind")}
          values={alarmKind.options}
          wordFor={(kind) => (openOf(kind) > 0 ? `${title(kind)} (${openOf(kind)})` : title(kind))}
        />
        <ChoiceFilter
          list={list}
          name="condition"
          label={t("console.alarms.condition")}
          values={alarmCondition.options}
          wordFor={(condition) => t(`common.alarms.condition.${condition}`)}
        />
        <ChoiceFilter
          list={list}
          name="handling"
          label={t("console.alarms.handling")}
          values={alarmHandling.options}
          wordFor={(handling) => t(`common.alarms.handling.${handling}`)}
        />
        <Select
          className="filter-choice"
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          aria-label={t("console.alarms.region")}
          placeholder={t("console.alarms.region")}
          value={list.text("region") ?? null}
          options={regions.data ?? []}
          onChange={(region: string | null | undefined) => list.set({ region: region ?? undefined })}
        />
        <FirmSelect
          className="filter-choice"
          label={t("console.alarms.enterprise")}
          value={list.text("enterpriseId")}
          onChange={(enterpriseId) => list.set({ enterpriseId })}
        />
        <MachineSelect
          className="filter-choice"
          label={t("console.alarms.machine")}
          value={list.text("machineId")}
          onChange={(machineId) => list.set({ machineId })}
        />
        <DateFilter list={list} />
      </FilterBar>
    </>
  );
}

interface CountProps {
  list: ListState;
  name: string;
  value: string;
  words: string;
  count?: number | undefined;
}

/** A filter that shows beforehand how many it will leave; a second press takes it away. */
function CountButton({ list, name, value, words, count }: CountProps) {
  const isOn = list.text(name) === value;
  return (
    <button
      type="button"
      className="alarm-count"
      data-count={`${name}-${value}`}
      aria-pressed={isOn}
      onClick={() => list.set({ [name]: isOn ? undefined : value })}
    >
      {words}
      {count === undefined ? null : <strong>{count}</strong>}
    </button>
  );
}
