export const SCHEDULES_KEY = ["report-schedules"];
export const REPORTS_KEY = ["statistics-reports"];
