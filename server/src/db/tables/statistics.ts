import type { StatisticsQuestion } from "@hanyouxu/api";
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

/** The cells are read and written by statements made from the list of families: they are not here. */
export interface StatisticsTables {
  statistics_progress: StatisticsProgressTable;
  statistics_views: StatisticsViewsTable;
}
