import { dutyRoutes, type OwnDuty } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { TextField } from "../../ui/text-field.tsx";
import { LoadFailure } from "../load-failure.tsx";
import { Page } from "../page.tsx";

const KEY = ["own-duty"] as const;
const FOLLOW_MS = 30_000;

/** My shifts, and going on and off duty with a note for who comes next. */
export function DutyPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.call(dutyRoutes.getOwnDuty, { signal }),
    refetchInterval: FOLLOW_MS,
  });
  const duty = query.data;
  return (
    <Page title={t("mobile.duty.title")} backTo="/me">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !duty ? <LoadFailure query={query} /> : null}
      {duty && !duty.station ? <p className="card">{t("mobile.duty.noStation")}</p> : null}
      {duty?.station ? (
        <>
          <OnOff duty={duty} />
          <section className="card stack">
            <h2>{t("mobile.duty.shifts")}</h2>
            {duty.shifts.length === 0 ? <p className="soft">{t("mobile.duty.noShifts")}</p> : null}
            <ul className="item-list">
              {duty.shifts.map(({ startsAt, endsAt }) => (
                <li key={startsAt}>
                  {shortDateTime(startsAt)} – {shortDateTime(endsAt)}
                </li>
              ))}
            </ul>
          </section>
          <section className="card stack">
            <h2>{t("mobile.duty.handovers")}</h2>
            {duty.handovers.length === 0 ? <p className="soft">{t("mobile.duty.noHandovers")}</p> : null}
            <ul className="item-list">
              {duty.handovers.map(({ dutyTurnId, name, at, note, takenOverAt }) => (
                <li key={dutyTurnId}>
                  <p className="soft small">
                    {shortDateTime(at)} · {name} ·{" "}
                    {t(takenOverAt ? "mobile.duty.takenOver" : "mobile.duty.open")}
                  </p>
                  <p>{note}</p>
                </li>
              ))}
            </ul>
          </section>
        </>
      ) : null}
    </Page>
  );
}

function OnOff({ duty }: { duty: OwnDuty }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const onSuccess = (answer: OwnDuty) => {
    setNote("");
    client.setQueryData(KEY, answer);
  };
  const on = useMutation({ mutationFn: () => api.call(dutyRoutes.goOnDuty, { body: {} }), onSuccess });
  const off = useMutation({
    mutationFn: () => api.call(dutyRoutes.goOffDuty, { body: { note } }),
    onSuccess,
  });
  const failure = on.error ?? off.error;
  return (
    <section className="card stack" data-duty={duty.isOnDuty ? "on" : "off"}>
      <h2>{duty.station?.name}</h2>
      <p role="status">
        {t(duty.isOnDuty ? "mobile.duty.on" : "mobile.duty.off")}
        {duty.until ? ` · ${t("mobile.duty.until", { time: shortDateTime(duty.until) })}` : ""}
      </p>
      {failure ? (
        <p className="field-error" role="alert">
          {failureText(failure)}
        </p>
      ) : null}
      {duty.isOnDuty ? (
        <>
          <TextField label={t("mobile.duty.note")} value={note} onChange={setNote} maxLength={500} />
          <Button className="big" block loading={off.isPending} onClick={() => off.mutate()}>
            {t("mobile.duty.goOff")}
          </Button>
        </>
      ) : (
        <Button className="big" block color="primary" loading={on.isPending} onClick={() => on.mutate()}>
          {t("mobile.duty.goOn")}
        </Button>
      )}
    </section>
  );
}
