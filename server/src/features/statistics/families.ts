import type { StatisticsDimension } from "@hanyouxu/api";

/** Where facts of one kind lie among the rows. All is our own text, never input. */
export interface FactSource {
  /** `t` is the table whose rows are counted; `m` and `e`, where they are joined, its machine and firm. */
  from: string;
  /** When it happened: an instant, or a civil day written as text. */
  at: string;
  isCivilDay?: true;
  region: string;
  /** The transaction that last changed `t`. */
  xid: string;
  /** Rows that change nothing are not looked at. */
  where?: string;
  /** One expression for each of the family's sums; absent ones are nought. */
  sums: Readonly<Record<string, string>>;
  /** Sums that grow without a note while a row is so: they are in the cells only once it no longer is. */
  running?: { where: string; sums: readonly string[] };
}

/** Facts that are counted in one table of cells. */
export interface FactFamily {
  table: string;
  /** Columns of the cells that facts are told apart by, with how they are read off a row. */
  dimensions: Readonly<Record<string, string>>;
  sums: readonly string[];
  sources: readonly FactSource[];
  /** A cell holds what has been added: as of a day, all cells up to it count together. */
  isStock?: true;
}

const FIRM = { industry: "left(e.industry, 3)", enterprise_type: "e.type" };
const MACHINE = { process: "m.process", is_mobile: "m.is_mobile" };
const OF_MACHINE = "join machines m using (machine_id)";
const CERTIFICATE = {
  from: "certificates t join welders w using (welder_id)",
  isCivilDay: true,
  region: "w.region_code",
  xid: "t.changed_xid",
} as const;
/** A certificate that counts: found true and neither suspended nor revoked. */
const COUNTS = "t.verification = 'verified' and t.status = 'valid'";
const IN_USE = "m.status <> 'scrapped'";

export const families = {
  sessions: {
    table: "statistics_sessions",
    dimensions: { ...FIRM, ...MACHINE },
    sums: ["sessions", "mobile_sessions", "unused_grants", "energised_ms", "arc_ms", "energy_kilojoules"],
    sources: [
      {
        from: `work_sessions t ${OF_MACHINE} join enterprises e on e.enterprise_id = t.enterprise_id`,
        at: "t.granted_at",
        region: "t.region_code",
        xid: "t.changed_xid",
        sums: {
          sessions: "count(*) filter (where t.energised_at is not null)",
          mobile_sessions: "count(*) filter (where t.energised_at is not null and m.is_mobile)",
          unused_grants: "count(*) filter (where t.status = 'not-started')",
          energised_ms: "sum(t.energised_ms)",
          arc_ms: "sum(t.arc_ms)",
          energy_kilojoules: "sum(t.energy_kilojoules)",
        },
        running: { where: "t.status = 'energised'", sums: ["energised_ms", "arc_ms", "energy_kilojoules"] },
      },
    ],
  },
  decisions: {
    table: "statistics_decisions",
    dimensions: {
      ...FIRM,
      ...MACHINE,
      reason: "case when t.outcome = 'refuse' then t.reasons -> 0 ->> 'ruleId' end",
    },
    sums: ["attempts", "refusals", "uncertified"],
    sources: [
      {
        from: `decisions t ${OF_MACHINE} join enterprises e on e.enterprise_id = m.enterprise_id`,
        at: "t.decided_at",
        region: "t.region_code",
        xid: "t.written_xid",
        sums: {
          attempts: "count(*)",
          refusals: "count(*) filter (where t.outcome = 'refuse')",
          uncertified: `count(*) filter (where t.outcome = 'refuse' and exists (
            select from jsonb_array_elements(t.reasons) r where r ->> 'ruleId' like 'certificate-%'))`,
        },
      },
    ],
  },
  alarms: {
    table: "statistics_alarms",
    dimensions: { ...FIRM, alarm_kind: "t.kind", severity: "t.severity" },
    sums: ["raised", "closed", "closure_ms", "false_alarms"],
    sources: [
      {
        from: "alarms t left join enterprises e on e.enterprise_id = t.enterprise_id",
        at: "t.raised_at",
        region: "coalesce(t.region_code, '')",
        xid: "t.changed_xid",
        where: "t.handling not in ('recorded', 'merged')",
        sums: {
          raised: "count(*)",
          closed: "count(*) filter (where t.handling = 'closed' and t.closed_at is not null)",
          closure_ms: `sum(extract(epoch from t.closed_at - t.raised_at) * 1000)
            filter (where t.handling = 'closed' and t.closed_at is not null)`,
          false_alarms: "count(*) filter (where t.handling = 'false-alarm')",
        },
      },
    ],
  },
  clearances: {
    table: "statistics_clearances",
    dimensions: { ...FIRM, ...MACHINE },
    sums: ["opened", "closed", "forbidden", "scenes_passed", "scenes_failed", "scenes_referred"],
    sources: [
      {
        from: `clearances t ${OF_MACHINE} join enterprises e on e.enterprise_id = t.enterprise_id`,
        at: "t.opened_at",
        region: "t.region_code",
        xid: "t.changed_xid",
        sums: {
          opened: "count(*)",
          closed: "count(*) filter (where t.phase = 'closed')",
          forbidden: "count(*) filter (where t.phase = 'forbidden')",
        },
      },
      {
        from: `scene_checks t join clearances c using (clearance_id) join machines m on m.machine_id = c.machine_id
          join enterprises e on e.enterprise_id = c.enterprise_id`,
        at: "t.submitted_at",
        region: "t.region_code",
        xid: "t.changed_xid",
        sums: {
          scenes_passed: "count(*) filter (where t.status = 'pass')",
          scenes_failed: "count(*) filter (where t.status = 'fail')",
          scenes_referred: "count(*) filter (where t.status = 'refer')",
        },
      },
    ],
  },
  certificates: {
    table: "statistics_certificates",
    dimensions: { certificate_family: "t.family" },
    sums: ["expiring", "reviews_due"],
    sources: [
      { ...CERTIFICATE, at: "t.valid_to", where: COUNTS, sums: { expiring: "count(*)" } },
      {
        ...CERTIFICATE,
        at: "t.review_due_on",
        where: `${COUNTS} and t.review_due_on is not null`,
        sums: { reviews_due: "count(*)" },
      },
    ],
  },
  machines: {
    table: "statistics_machines",
    dimensions: { ...FIRM, ...MACHINE },
    sums: ["machines", "mobile_machines", "fitted_machines"],
    isStock: true,
    sources: [
      {
        from: "machines m join enterprises e using (enterprise_id)",
        at: "m.created_at",
        region: "m.region_code",
        xid: "m.changed_xid",
        where: IN_USE,
        sums: { machines: "count(*)", mobile_machines: "count(*) filter (where m.is_mobile)" },
      },
      {
        // A machine whose chip was swapped has been fitted since its first.
        from: `machines m join enterprises e using (enterprise_id)
          join lateral (select min(fitted_at) as first_at from chip_fittings where machine_id = m.machine_id) f on true`,
        at: "f.first_at",
        region: "m.region_code",
        xid: "m.changed_xid",
        where: `${IN_USE} and m.chip_id is not null`,
        sums: { fitted_machines: "count(*)" },
      },
    ],
  },
} as const satisfies Record<string, FactFamily>;

export type FamilyName = keyof typeof families;
export const familyNames = Object.keys(families) as FamilyName[];
export const familyOf = (name: FamilyName): FactFamily => families[name];

/** Column of a dimension in the cells; time and region are columns of all. */
export const dimensionColumns = {
  industry: "industry",
  enterpriseType: "enterprise_type",
  process: "process",
  isMobile: "is_mobile",
  reason: "reason",
  alarmKind: "alarm_kind",
  severity: "severity",
  certificateFamily: "certificate_family",
} as const satisfies Partial<Record<StatisticsDimension, string>>;
export type ColumnDimension = keyof typeof dimensionColumns;

/** The cell that a fact lies in. */
export const dayOf = (source: FactSource): string =>
  source.isCivilDay ? `${source.at}::date` : `shanghai_day(${source.at})`;

/** Whether a fact happened on a day, an expression of a date. Civil days are compared as they are, so that rows are matched by them. */
export const isOn = (source: FactSource, day: string): string =>
  source.isCivilDay
    ? `${source.at} = ${day}::text`
    : `${source.at} >= shanghai_day_start(${day}) and ${source.at} < shanghai_day_start(${day} + 1)`;
