import { gasTestPlaces, type HotWorkPermitDetail, hotWorkPermitRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFailures } from "../../ui/api.ts";
import { dateTimeInput, instantOfInput, shortDateTime } from "../../ui/format.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { StepFailure } from "../step-failure.tsx";
import { usePermitStep } from "./use-permit.ts";

type Place = (typeof gasTestPlaces)[number];
const NUMBERS = ["lelVolPercent", "measuredVolPercent", "oxygenVolPercent", "withinMetres"] as const;

const empty = () => ({
  sampledAt: dateTimeInput(new Date().toISOString()),
  place: "surroundings" as Place,
  gas: "",
  lelVolPercent: "",
  measuredVolPercent: "",
  oxygenVolPercent: "",
  withinMetres: "",
});

/** The gas tests so far, and the next one. What was entered never changes: a mistake is followed by another sample. */
export function GasTests({ permit }: { permit: HotWorkPermitDetail }) {
  const { t } = useTranslation();
  const { permitId } = permit;
  const [entry, setEntry] = useState(empty);
  const add = usePermitStep(hotWorkPermitRoutes.addPermitGasTest, (from: ReturnType<typeof empty>) => ({
    params: { permitId },
    body: {
      sampledAt: instantOfInput(from.sampledAt) ?? "",
      place: from.place,
      gas: from.gas,
      ...Object.fromEntries(
        NUMBERS.map((name) => [name, from[name].trim() === "" ? null : Number(from[name])]),
      ),
    },
  }));
  const wrong = fieldFailures(add.error);
  return (
    <section className="stack">
      <p>{t("mobile.permits.gasLead")}</p>
      <ul className="item-list">
        {permit.gasTests.map((test) => (
          <li key={test.gasTestId} className="card">
            <strong>
              {test.gas} {test.measuredVolPercent ?? "–"} %
            </strong>{" "}
            <span className="soft">
              {t(`common.permit.gasPlace.${test.place}`)} · O₂ {test.oxygenVolPercent ?? "–"} % ·{" "}
              {shortDateTime(test.sampledAt)} · {test.testerName}
            </span>
          </li>
        ))}
      </ul>
      {permit.may.addGasTest ? (
        <form
          className="card stack"
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate(entry, { onSuccess: () => setEntry(empty()) });
          }}
        >
          <TextField
            label={t("mobile.permits.sampledAt")}
            type="datetime-local"
            value={entry.sampledAt}
            onChange={(sampledAt) => setEntry({ ...entry, sampledAt })}
            error={wrong.sampledAt}
          />
          <SelectField
            label={t("mobile.permits.gasPlace")}
            value={entry.place}
            options={gasTestPlaces.map((value) => ({ value, word: t(`common.permit.gasPlace.${value}`) }))}
            onChange={(place) => setEntry({ ...entry, place: place as Place })}
          />
          <TextField
            label={t("mobile.permits.gas")}
            value={entry.gas}
            maxLength={50}
            onChange={(gas) => setEntry({ ...entry, gas })}
            error={wrong.gas}
          />
          {NUMBERS.map((name) => (
            <TextField
              key={name}
              label={t(`mobile.permits.${name}`)}
              inputMode="decimal"
              value={entry[name]}
              onChange={(text) => setEntry({ ...entry, [name]: text })}
              error={wrong[name]}
            />
          ))}
          <StepFailure error={Object.keys(wrong).length === 0 ? add.error : null} />
          <Button className="big" block type="submit" loading={add.isPending}>
            {t("mobile.permits.gasAdd")}
          </Button>
        </form>
      ) : null}
    </section>
  );
}
