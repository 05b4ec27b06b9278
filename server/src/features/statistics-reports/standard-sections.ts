import type { StatisticsDimension, StatisticsMeasure } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import type { Text } from "@hanyouxu/rules";

/** A table of the standard report, with what its chart is of. */
export interface SectionPlan {
  title: Text;
  measures: readonly StatisticsMeasure[];
  dimension: StatisticsDimension;
  /** The chart's measures, all of one unit; none: no chart. */
  drawn: readonly StatisticsMeasure[];
  /** Rows without any of the first measure say nothing. */
  onlyWithFirst?: true;
  /** Of so many months from the one after the report's, instead of its own. */
  monthsAhead?: number;
}

const text = (zh: string, en: string): Text => ({ zh, en });

/** The level of the region tree next below a region: what it is compared by. */
export function levelBelow(region: RegionCode | null): StatisticsDimension {
  const digits = region?.length ?? 0;
  if (digits === 0) return "province";
  return digits === 2 ? "prefecture" : digits === 4 ? "county" : "township";
}

export function standardSections(region: RegionCode | null): SectionPlan[] {
  const byRegion = levelBelow(region);
  const counts = ["sessions", "refusals", "alarmsRaised"] as const;
  return [
    { title: text("每日变化", "Day by day"), measures: counts, dimension: "day", drawn: counts },
    {
      title: text("各辖区", "By region"),
      measures: [
        "sessions",
        "arcHours",
        "workingFirms",
        "workingWelders",
        "refusals",
        "uncertifiedStopped",
        "alarmsRaised",
        "closureMinutes",
      ],
      dimension: byRegion,
      drawn: ["sessions", "refusals", "alarmsRaised"],
    },
    {
      title: text("各行业", "By industry"),
      measures: ["sessions", "arcHours", "workingFirms", "refusals", "uncertifiedStopped", "alarmsRaised"],
      dimension: "industry",
      drawn: ["sessions", "refusals", "alarmsRaised"],
    },
    {
      title: text("拒绝开机原因", "Refusals by reason"),
      measures: ["refusals", "uncertifiedStopped"],
      dimension: "reason",
      drawn: ["refusals"],
      onlyWithFirst: true,
    },
    {
      title: text("预警与闭环", "Alarms and closure"),
      measures: ["alarmsRaised", "alarmsClosed", "closureMinutes", "falseAlarmShare"],
      dimension: "alarmKind",
      drawn: ["alarmsRaised", "alarmsClosed"],
      onlyWithFirst: true,
    },
    {
      title: text("重点区域动火", "Hot work in key areas"),
      measures: [
        "clearancesOpened",
        "clearancesClosed",
        "clearancesForbidden",
        "scenesPassed",
        "scenesFailed",
        "scenePassShare",
      ],
      dimension: byRegion,
      drawn: ["clearancesOpened", "clearancesForbidden"],
      onlyWithFirst: true,
    },
    {
      title: text("操作证：本月到期与复审", "Certificates: expiring and due for review in the month"),
      measures: ["certificatesExpiring", "reviewsDue"],
      dimension: "certificateFamily",
      drawn: [],
    },
    {
      title: text("操作证：此后三个月到期与复审", "Certificates: the three months after"),
      measures: ["certificatesExpiring", "reviewsDue"],
      dimension: "certificateFamily",
      drawn: ["certificatesExpiring", "reviewsDue"],
      monthsAhead: 3,
    },
  ];
}
