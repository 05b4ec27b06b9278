export { nextAlarmDeadlineMs } from "./alarm/alarm-deadlines.ts";
export {
  type AlarmAudience,
  type AlarmClearing,
  type AlarmEvidenceKind,
  type AlarmKindRule,
  type AlarmLimits,
  type AlarmSeverity,
  alarmSeverities,
} from "./alarm/alarm-kind.ts";
export { type AlarmKind, alarmKinds, alarmKindTable, kindsAbove } from "./alarm/alarm-kinds.ts";
export {
  type AlarmStepped,
  alarmActRoles,
  isAlarmOver,
  openAlarm,
  possibleAlarmActs,
  recordAlarm,
  stepAlarm,
} from "./alarm/alarm-life.ts";
export {
  type AlarmPolicy,
  alarmLimits,
  alarmPolicy,
  alarmPolicyFields,
  defaultAlarmPolicy,
  TEMPERATURE_HYSTERESIS_CELSIUS,
} from "./alarm/alarm-policy.ts";
export {
  type AlarmAct,
  type AlarmActKind,
  type AlarmAssignee,
  type AlarmCondition,
  type AlarmEvent,
  type AlarmHandling,
  type AlarmNews,
  type AlarmRefusal,
  type AlarmState,
  alarmActKinds,
  alarmHandlings,
} from "./alarm/alarm-state.ts";
export { certificateEnding } from "./alarm/certificate-ending.ts";
export { type PermitOfWork, type PermitProblem, permitProblem } from "./alarm/permit-problem.ts";
export { alarmingStartRules, countRefusalAlarms, type RefusedStart } from "./alarm/refusal-alarms.ts";
export { areInTwoPlaces, impossibleTravel, leastMetresApart, type Sighting } from "./alarm/two-places.ts";
export { isNight, type WorkSpan, workingTimeMs, workOfDay } from "./alarm/work-times.ts";
export {
  type CameraPolicy,
  cameraPolicy,
  cameraPolicyFields,
  defaultCameraPolicy,
} from "./camera/camera-policy.ts";
export { canonicalJson, digestOf } from "./canonical-json.ts";
export {
  type CertificateCode,
  type CertificateCodeProblem,
  parseCertificateCodes,
} from "./certificate-code.ts";
export { type CertificateEntry, checkCertificateEntry, type EntryProblem } from "./certificate-entry.ts";
export {
  type CertificateFamily,
  certificateBasis,
  certificateFamilies,
  certificateFamilyTable,
} from "./certificate-family.ts";
export { type CertificateItem, certificateItems, processesOfItem } from "./certificate-item.ts";
export {
  type CertificateCell,
  certificatePack,
  certificateTable,
} from "./certificate-law/certificate-pack.ts";
export { type CertificateQuestion, certificateQuestion } from "./certificate-law/certificate-question.ts";
export type { TsgNeeds } from "./certificate-law/tsg-code.ts";
export { type WorkRegime, workRegimes, workRegimeTitles } from "./certificate-law/work-regime.ts";
export {
  addDays,
  type CivilDay,
  daysBetween,
  isCivilDay,
  shanghaiDay,
  shanghaiDayStartMs,
  shanghaiOffsetMs,
} from "./civil-day.ts";
export { type Clause, type LawClause, type PolicyClause, platformPolicy } from "./clause.ts";
export {
  type ClearanceStep,
  clearanceSteps,
  isReadyToStart,
  isWatchGood,
  phaseOf,
  type ShownStep,
  shownSteps,
} from "./clearance/clearance-phase.ts";
export {
  type ClearancePolicy,
  clearancePolicy,
  clearancePolicyFields,
  defaultClearancePolicy,
} from "./clearance/clearance-policy.ts";
export {
  type ClearanceDemands,
  type ClearanceEffect,
  type ClearanceEvent,
  type ClearanceNews,
  type ClearancePhase,
  type ClearanceRefusal,
  type ClearanceState,
  clearanceNews,
  clearancePhases,
  type SmoulderPlan,
  type StationCause,
  type StopCause,
} from "./clearance/clearance-state.ts";
export { nextDeadlineMs } from "./clearance/deadlines.ts";
export { failsToCarry, openClearance } from "./clearance/open-clearance.ts";
export { type ClearanceStepped, stepClearance } from "./clearance/step-clearance.ts";
export { type WeighedReport, weighReport } from "./clearance/weigh-report.ts";
export {
  bookedPoints,
  type CreditCause,
  type CreditHolder,
  type CreditRule,
  type CreditRuleSet,
  creditCauses,
  creditCauseTitle,
  creditHolders,
  creditOf,
  creditRuleFor,
  defaultCreditRules,
  FULL_CREDIT,
} from "./credit/credit-rules.ts";
export { type Decision, decide, judge, packsDigest, type Reason } from "./decide.ts";
export { distanceMetres } from "./distance.ts";
export * from "./gas/gas-limits.ts";
export * from "./gas/gas-trend.ts";
export * from "./gas/rising-gas.ts";
export {
  type ApprovalPolicy,
  approvalPolicy,
  approvalPolicyFields,
  defaultApprovalPolicy,
} from "./hot-work/approval-policy.ts";
export { exampleHotWorkAtMs, exampleHotWorkFacts } from "./hot-work/example-facts.ts";
export { factDifferences } from "./hot-work/fact-differences.ts";
export { distanceNames, measureQuestions, placeQuestions } from "./hot-work/fact-names.ts";
export {
  type ApproverRole,
  approverRoles,
  type GasTest,
  type GasTestPlace,
  gasTestPlaces,
  type HotWorkDistances,
  type HotWorkFacts,
  type HotWorkGrade,
  type HotWorkMeasures,
  type HotWorkMoment,
  type HotWorkPeople,
  type HotWorkPermitFacts,
  type HotWorkPerson,
  type HotWorkPlaceFacts,
  type HotWorkProgress,
  hotWorkGrades,
  hotWorkMoments,
  type Known,
  type NearestMetres,
  type PermitStatus,
  permitStatuses,
  type SmoulderMaterial,
  smoulderMaterials,
} from "./hot-work/facts.ts";
export {
  coversGrade,
  type GradeReason,
  gradeOfHotWork,
  isWithinHours,
  type RequiredGrade,
  reasonsToUpgrade,
} from "./hot-work/grade.ts";
export { hotWorkPacks } from "./hot-work/hot-work-packs.ts";
export type { HotWorkPack, HotWorkRule } from "./hot-work/hot-work-rule.ts";
export {
  type ConflictKind,
  conflictLimits,
  type OtherWorkKind,
  otherWorkKinds,
} from "./hot-work/incompatible-work.ts";
export {
  approverLevel,
  breakMinutesWithoutRetest,
  confinedSpaceTicketHours,
  gasLimit,
  hotWorkRecordKeptUntil,
  type IncompatibleWork,
  mayApprove,
  simopsDistances,
  ticketHours,
} from "./hot-work/limits.ts";
export {
  defaultHotWorkPolicy,
  type HotWorkPolicy,
  hotWorkPolicy,
  hotWorkPolicyFields,
} from "./hot-work/policy.ts";
export {
  type HotWorkRegime,
  hotWorkRegimeOf,
  hotWorkRegimes,
  hotWorkRegimeTitles,
} from "./hot-work/regime.ts";
export { type SmoulderWatch, smoulderWatchOf } from "./hot-work/smoulder-watch.ts";
export { unknownHotWorkFacts } from "./hot-work/unknown-facts.ts";
export {
  heightOfFloor,
  mostConflictMetres,
  type PlacedWork,
  storeyMetres,
  type WorkConflict,
  workConflict,
} from "./hot-work/work-conflict.ts";
export {
  ageOn,
  type IdentityNumber,
  type IdentityProblem,
  parseIdentityNumber,
} from "./identity-number.ts";
export type { WorkTimes } from "./key-area/forbidden-time.ts";
export {
  type KeyAreaKind,
  keyAreaKinds,
  keyAreaKindTitles,
  regimeOfKind,
} from "./key-area/key-area-kind.ts";
export { defaultKeyAreaPolicy, type KeyAreaPolicy } from "./key-area/key-area-policy.ts";
export {
  forbiddenPeriod,
  isKeyAreaInForce,
  isOpenToPublic,
  type KeyAreaValidity,
  type OpeningHours,
  type SpecialPeriod,
} from "./key-area/key-area-validity.ts";
export {
  type MachineStep,
  machineLife,
  machineSteps,
  type StepProblem,
  stepProblem,
} from "./machine-life.ts";
export type {
  ForeignModel,
  MachineEquipment,
  MachineModel,
  ModelRejection,
  OutputCharacteristic,
  OutputCurrent,
  ParsedModel,
  PowerCircuit,
  StandardModel,
} from "./machine-model/machine-model.ts";
export { modelProblems } from "./machine-model/model-problems.ts";
export { LONGEST_MODEL_TEXT } from "./machine-model/normalise-designation.ts";
export { parseMachineModel } from "./machine-model/parse-machine-model.ts";
export { type Covering, coveringProfile, isModelPattern } from "./machine-model/profile-cover.ts";
export type { PolicyField, PolicyProblem } from "./policy-field.ts";
export { isWeldingProcess, processTitles, type WeldingProcess, weldingProcesses } from "./process.ts";
export {
  defaultRectificationPolicy,
  locksWhenOverdue,
  type RectificationPolicy,
  rectificationHours,
  rectificationPolicy,
  rectificationPolicyFields,
  workCalendarOf,
} from "./rectification/rectification-policy.ts";
export { addWorkingHours, isWorkingDay, type WorkCalendar } from "./rectification/working-time.ts";
export { type Replay, replay, type StoredDecision } from "./replay.ts";
export {
  type CheckResult,
  fail,
  need,
  pass,
  type Rule,
  type RuleExample,
  type RulePack,
  ruleKey,
  rulesInForce,
  type Step,
} from "./rule.ts";
export { countsForStart } from "./start/certificate-narrowing.ts";
export {
  type AccountStatus,
  accountStatuses,
  type CertificateFacts,
  type CertificateStatus,
  type CertificateVerification,
  type ClearanceFacts,
  certificateStatuses,
  certificateVerifications,
  type KeyAreaFacts,
  type MachineStatus,
  machineStatuses,
  type StartFacts,
  type TimedPosition,
} from "./start/facts.ts";
export { keyAreasForbidFromMs } from "./start/key-area-time-rules.ts";
export {
  defaultStartPolicy,
  type StartPolicy,
  startPolicy,
  startPolicyFields,
} from "./start/policy.ts";
export { type SiteFacts, worksAwayFromHome } from "./start/site-rules.ts";
export { startPack } from "./start/start-pack.ts";
export { fillText, type ReasonData, type Text } from "./text.ts";
export { type BackTest, backTest } from "./trends/back-test.ts";
export {
  type DayKind,
  type DaySeries,
  type DaysOff,
  dayAfter,
  dayKindOf,
  daysIn,
  firstDays,
  weekdayOf,
} from "./trends/day-series.ts";
export {
  type ForecastParameters,
  forecastDays,
  forecastParameters,
  LEAST_FORECAST_DAYS,
} from "./trends/forecast.ts";
export {
  type InspectionCandidate,
  type InspectionMeans,
  type InspectionVisit,
  planInspections,
  visitsADay,
} from "./trends/inspection-plan.ts";
export {
  type InspectionFinding,
  type InspectionResult,
  type InspectionTally,
  inspectionFindings,
  tallyInspections,
} from "./trends/inspection-tally.ts";
export { type Expected, forecastWithIntervals, INTERVAL_SHARE } from "./trends/prediction-interval.ts";
export {
  type RiskFactor,
  type RiskFigures,
  type RiskPart,
  type RiskScore,
  type RiskWeight,
  type RiskWeights,
  riskFactors,
  riskFactorTitles,
  riskScore,
  riskWeights,
} from "./trends/risk-score.ts";
export { type UnusualFigure, type UsualRange, unusualFigure, usualRange } from "./trends/unusual-figure.ts";
