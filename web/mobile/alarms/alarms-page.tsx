import "./alarms.css";
import { alarmRoutes } from "@hanyouxu/api";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { useMe } from "../../ui/use-me.ts";
import { MoreButton } from "../history/more-button.tsx";
import { usePages } from "../history/use-pages.ts";
import { Choice } from "../machine/choice.tsx";
import { Page } from "../page.tsx";
import { AlarmItems } from "./alarm-items.tsx";
import { ALARMS_KEY } from "./use-alarm.ts";
import { useAlarmOutbox } from "./use-alarm-outbox.ts";

/** Loaded where somebody wants to see it: the map's library is larger than all the rest. */
const AlarmsMap = lazy(async () => ({ default: (await import("./alarms-map.tsx")).AlarmsMap }));

const WHICH = ["mine", "open"] as const;
const FOLLOW_MS = 5_000;

/** What was given to the person, and what else is open in the region; as a list or on the map. */
export function AlarmsPage() {
  const { t } = useTranslation();
  const me = useMe().data;
  const [which, setWhich] = useState<(typeof WHICH)[number]>("mine");
  const [hasMap, setHasMap] = useState(false);
  const { pages, items } = usePages(
    [ALARMS_KEY, "list", which],
    (page, pageSize, signal) =>
      api.call(alarmRoutes.listAlarms, {
        query: { page, pageSize, isOpen: "true", ...(which === "mine" ? { isMine: "true" } : {}) },
        signal,
      }),
    FOLLOW_MS,
  );
  const places = (items ?? []).flatMap(({ place }) => place ?? []);
  return (
    <Page title={t("mobile.alarms.title")} backTo="/me">
      <fieldset className="switch">
        <legend className="visually-hidden">{t("mobile.alarms.which")}</legend>
        {WHICH.map((one) => (
          <Choice
            key={one}
            name="which"
            words={t(`mobile.alarms.whichOf.${one}`)}
            isChosen={which === one}
            onChoose={() => setWhich(one)}
          />
        ))}
      </fieldset>
      {me ? <Unsent personId={me.personId} /> : null}
      {places.length > 0 ? (
        <button
          type="button"
          className="photo-button"
          aria-pressed={hasMap}
          onClick={() => setHasMap(!hasMap)}
        >
          {t(hasMap ? "mobile.alarms.hideMap" : "mobile.alarms.showMap")}
        </button>
      ) : null}
      {hasMap && places.length > 0 ? (
        <Suspense fallback={<p role="status">{t("common.loading")}</p>}>
          <AlarmsMap places={places} />
        </Suspense>
      ) : null}
      {items?.length === 0 ? <p className="card">{t(`mobile.alarms.none.${which}`)}</p> : null}
      <AlarmItems items={items ?? []} path="/alarms" />
      <MoreButton pages={pages} />
    </Page>
  );
}

/** Says that something waits on this phone, and sends it on while the list is looked at. */
function Unsent({ personId }: { personId: string }) {
  const { t } = useTranslation();
  const { all } = useAlarmOutbox(personId);
  if (all.length === 0) return null;
  return (
    <p className="card" role="status">
      {t("mobile.alarms.unsent", { count: all.length })}
    </p>
  );
}
