import { type MachineDetail, type MachinePlace, placeRoutes } from "@hanyouxu/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Radio, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { failedItem, ReasonDialog } from "../ui/reason-dialog.tsx";

/** The key areas that the machine is in or may be in, since when and how that is known; nothing where there are none. */
export function MachinePlaces({ machine }: { machine: MachineDetail }) {
  const { t } = useTranslation();
  if (!machine.places || machine.places.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="places-title" data-testid="machine-places">
      <h2 id="places-title" className="panel-title">
        {t("console.places.title")}
      </h2>
      {machine.places.map((place) => (
        <dl key={place.keyAreaId} className="facts">
          <dt>{t("console.places.area")}</dt>
          <dd>
            {place.name} {place.floor ? t("console.places.floor", { floor: place.floor }) : null}{" "}
            <Tag color={place.state === "inside" ? "red" : "orange"}>
              {t(`console.places.state.${place.state}`)}
            </Tag>
          </dd>
          <dt>{t("console.places.since")}</dt>
          <dd>{dateTime(place.since)}</dd>
          <dt>{t("console.places.method")}</dt>
          <dd>{t(`console.places.by.${place.method}`)}</dd>
          <dt>{t("console.places.lastFix")}</dt>
          <dd>{place.lastFixAt ? dateTime(place.lastFixAt) : "–"}</dd>
          {place.stopDueAt ? (
            <>
              <dt>{t("console.places.stopDue")}</dt>
              <dd className="is-warn">{dateTime(place.stopDueAt)}</dd>
            </>
          ) : null}
          {machine.mayTellPlace ? <TellButton machineId={machine.machineId} place={place} /> : null}
        </dl>
      ))}
    </section>
  );
}

interface Values {
  state: "inside" | "outside";
  reason: string;
}

function TellButton({ machineId, place }: { machineId: string; place: MachinePlace }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <dt>{t("console.places.onSite")}</dt>
      <dd>
        <Button size="small" onClick={() => setOpen(true)}>
          {t("console.places.tell")}
        </Button>
      </dd>
      <ReasonDialog<Values, unknown>
        name={`place-${place.keyAreaId}`}
        isOpen={isOpen}
        title={t("console.places.tell")}
        lead={t("console.places.lead", { name: place.name })}
        initial={{ state: "outside" }}
        fields={(failures) => (
          <Form.Item name="state" label={t("console.places.where")} {...failedItem(failures.state)}>
            <Radio.Group
              options={(["outside", "inside"] as const).map((state) => ({
                value: state,
                label: t(`console.places.state.${state}`),
              }))}
            />
          </Form.Item>
        )}
        send={(values) =>
          api.call(placeRoutes.tellMachinePlace, {
            params: { machineId },
            body: { ...values, keyAreaId: place.keyAreaId },
          })
        }
        onDone={() => {
          setOpen(false);
          void message.success(t("console.places.done"));
          void client.invalidateQueries({ queryKey: ["machine", machineId] });
        }}
        onCancel={() => setOpen(false)}
      />
    </>
  );
}
