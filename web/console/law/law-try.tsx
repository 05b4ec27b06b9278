import { type LawCell, type LawCertificate, lawRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { ReasonList } from "../../ui/reason-list.tsx";
import { PROCESSES } from "../machines/processes.ts";
import { REGIMES } from "./regimes.ts";

const FAMILIES = ["emergency", "construction", "special-equipment"] as const;
const STATUSES = ["valid", "suspended", "revoked"] as const;
const ITEMS = [
  "fusion-welding-thermal-cutting",
  "pressure-welding",
  "brazing",
  "building-welder",
  "GTAW-FeⅡ-6G-3/159-FefS-02/11/12",
] as const;

/** A certificate that somebody might hold, put to the law of the chosen day. */
export function LawTry({ day }: { day: string }) {
  const { t } = useTranslation();
  const [process, setProcess] = useState<LawCell["process"]>("SMAW");
  const [regime, setRegime] = useState<LawCell["regime"]>("general");
  const [held, setHeld] = useState<LawCertificate>({
    family: "emergency",
    itemId: ITEMS[0],
    status: "valid",
    validFromDay: dayjs(day).subtract(1, "year").format("YYYY-MM-DD"),
    validToDay: day,
    reviewDueDay: null,
  });
  const change = (part: Partial<LawCertificate>) => setHeld((before) => ({ ...before, ...part }));
  const ask = useMutation({
    mutationFn: () =>
      api.call(lawRoutes.tryCertificates, { body: { day, regime, process, certificates: [held] } }),
  });
  const answer = ask.data;
  return (
    <section className="panel" aria-labelledby="law-try-title" data-testid="law-try">
      <h2 id="law-try-title" className="panel-title">
        {t("console.law.try")}
      </h2>
      <div className="law-form">
        <Select
          aria-label={t("console.machine.process")}
          value={process}
          options={PROCESSES.map((value) => ({ value, label: t(`common.process.${value}`) }))}
          onChange={setProcess}
        />
        <Select
          aria-label={t("console.law.regimeLabel")}
          value={regime}
          options={REGIMES.map((value) => ({ value, label: t(`console.law.regime.${value}`) }))}
          onChange={setRegime}
        />
        <Select
          aria-label={t("console.law.familyLabel")}
          value={held.family}
          options={FAMILIES.map((value) => ({ value, label: t(`console.law.family.${value}`) }))}
          onChange={(family) => change({ family })}
        />
        <Input
          aria-label={t("console.law.item")}
          list="law-items"
          maxLength={200}
          value={held.itemId}
          onChange={({ target }) => change({ itemId: target.value })}
        />
        <datalist id="law-items">
          {ITEMS.map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
        <Select
          aria-label={t("console.law.statusLabel")}
          value={held.status}
          options={STATUSES.map((value) => ({ value, label: t(`console.law.status.${value}`) }))}
          onChange={(status) => change({ status })}
        />
        <DatePicker
          aria-label={t("console.law.validTo")}
          placeholder={t("console.law.validTo")}
          allowClear={false}
          value={dayjs(held.validToDay)}
          onChange={(value) => value && change({ validToDay: value.format("YYYY-MM-DD") })}
        />
        <DatePicker
          aria-label={t("console.law.reviewDue")}
          placeholder={t("console.law.reviewDue")}
          value={held.reviewDueDay ? dayjs(held.reviewDueDay) : null}
          onChange={(value) => change({ reviewDueDay: value?.format("YYYY-MM-DD") ?? null })}
        />
        <Button type="primary" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t("console.law.ask")}
        </Button>
      </div>
      {ask.isError ? <Alert type="error" showIcon title={failureText(ask.error)} /> : null}
      {answer ? (
        <div role="status">
          <p className={`outcome is-${answer.outcome}`}>{t(`common.outcome.${answer.outcome}`)}</p>
          <ReasonList reasons={answer.reasons} />
        </div>
      ) : null}
    </section>
  );
}
