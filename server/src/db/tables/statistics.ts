import type { Language, ReportFormat, StatisticsMeasure, StatisticsQuestion } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";

export interface StatisticsProgressTable {
  only_row: Generated<boolean>;
  counted_xid: string;
}

export interface StatisticsViewsTable {
  statistics_view_id: string;
  person_id: PersonId;
  name: string;
  question: ColumnType<StatisticsQuestion, string, string>;
  is_shared: boolean;
  region_code: RegionCode | null;
  created_at: Date;
  changed_at: Date;
}

export interface ReportSchedulesTable {
  report_schedule_id: string;
  person_id: PersonId;
  name: string;
  region_code: RegionCode | null;
  question: ColumnType<StatisticsQuestion | null, string | null, string | null>;
  language: Language;
  day_of_month: number;
  recipient_ids: ColumnType<PersonId[], readonly string[], readonly string[]>;
  due_at: Date;
  taken_until: Generated<Date | null>;
  last_problem: Generated<"no-sight" | null>;
  created_at: Date;
}

export interface StatisticsReportsTable {
  statistics_report_id: string;
  report_schedule_id: string | null;
  person_id: PersonId;
  name: string;
  region_code: RegionCode | null;
  /** The month's first day. */
  month: string;
  language: Language;
  needs: ColumnType<string[], readonly string[], never>;
  reader_ids: ColumnType<PersonId[], readonly string[], never>;
  made_at: Date;
}

export interface StatisticsReportFilesTable {
  blob_id: string;
  statistics_report_id: string;
  format: ReportFormat;
  key_ciphertext: Uint8Array;
  size_bytes: number;
}

export interface FigureSubscriptionsTable {
  figure_subscription_id: string;
  person_id: PersonId;
  measure: StatisticsMeasure;
  region_code: RegionCode | null;
  industry: string | null;
  condition: "above" | "below" | "changed";
  threshold: number;
  is_beyond: Generated<boolean>;
  last_value: Generated<number | null>;
  told_on: Generated<string | null>;
  looked_at: Generated<Date | null>;
  next_look_at: Date;
  created_at: Date;
}

/** The cells are read and written by statements made from the list of families: they are not here. */
export interface StatisticsTables {
  statistics_progress: StatisticsProgressTable;
  statistics_views: StatisticsViewsTable;
  report_schedules: ReportSchedulesTable;
  statistics_reports: StatisticsReportsTable;
  statistics_report_files: StatisticsReportFilesTable;
  figure_subscriptions: FigureSubscriptionsTable;
}
