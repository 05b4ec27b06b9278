export { forecastOf } from "./forecast.ts";
export { addSimulatedTrendDays, hasSimulatedTrendDays, type SimulatedTrendDay } from "./simulated-past.ts";
