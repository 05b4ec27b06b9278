import "./alarms.css";
import { alarmRoutes } from "@hanyouxu/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { MoreButton } from "../history/more-button.tsx";
import { usePages } from "../history/use-pages.ts";
import { Choice } from "../machine/choice.tsx";
import { Page } from "../page.tsx";
import { AlarmItems } from "./alarm-items.tsx";
import { ALARMS_KEY } from "./use-alarm.ts";

const FOLLOW_MS = 15_000;

/** Alarms about the welder's own work, or about the firms that the person is an officer of. */
export function OwnAlarmsPage() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(true);
  const { pages, items } = usePages(
    [ALARMS_KEY, "own-list", isOpen],
    (page, pageSize, signal) =>
      api.call(alarmRoutes.listOwnAlarms, { query: { page, pageSize, isOpen: String(isOpen) }, signal }),
    FOLLOW_MS,
  );
  return (
    <Page title={t("mobile.alarms.own")} backTo="/me">
      <fieldset className="switch">
        <legend className="visually-hidden">{t("mobile.alarms.which")}</legend>
        {([true, false] as const).map((open) => (
          <Choice
            key={String(open)}
            name="which"
            words={t(open ? "mobile.alarms.stillOpen" : "mobile.alarms.over")}
            isChosen={isOpen === open}
            onChoose={() => setIsOpen(open)}
          />
        ))}
      </fieldset>
      {items?.length === 0 ? <p className="card">{t("mobile.alarms.noneOwn")}</p> : null}
      <AlarmItems items={items ?? []} path="/my-alarms" />
      <MoreButton pages={pages} />
    </Page>
  );
}
