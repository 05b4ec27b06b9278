import { dutyKind, fireStationRoutes, type RouteAnswer } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";

export type Station = RouteAnswer<typeof fireStationRoutes.getFireStation>;

interface Props {
  station: Station;
  mayManage: boolean;
  onChanged: () => unknown;
}

/** Who belongs to the station and who is on duty now. */
export function TeamPanel({ station, mayManage, onChanged }: Props) {
  const { t } = useTranslation();
  const { fireStationId, team } = station;
  const [chosen, setChosen] = useState<string>();
  const candidates = useQuery({
    queryKey: ["station-candidates", fireStationId, team.length],
    queryFn: ({ signal }) =>
      api.call(fireStationRoutes.listStationCandidates, { params: { fireStationId }, signal }),
    enabled: mayManage,
  });
  const add = useMutation({
    mutationFn: (personId: string) =>
      api.call(fireStationRoutes.putStationMember, {
        params: { fireStationId, personId },
        body: { kinds: [...dutyKind.options], isLeader: false },
      }),
    onSuccess: () => {
      setChosen(undefined);
      return onChanged();
    },
  });
  const lead = useMutation({
    mutationFn: ({ personId, kinds, isLeader }: Station["team"][number]) =>
      api.call(fireStationRoutes.putStationMember, {
        params: { fireStationId, personId },
        body: { kinds, isLeader: !isLeader },
      }),
    onSuccess: () => onChanged(),
  });
  const remove = useMutation({
    mutationFn: (personId: string) =>
      api.call(fireStationRoutes.removeStationMember, { params: { fireStationId, personId } }),
    onSuccess: () => onChanged(),
  });
  return (
    <section className="panel" data-testid="team">
      <h2 className="panel-title">{t("console.duty.team")}</h2>
      {team.length === 0 ? <p className="soft">{t("console.duty.noTeam")}</p> : null}
      <ul className="duty-list">
        {team.map((member, index) => {
          const { personId, name, isOnDuty, isLeader } = member;
          return (
            <li key={personId}>
              <span>
                {name} #{index + 1}
              </span>
              {isOnDuty ? <Tag color="green">{t("console.duty.onDuty")}</Tag> : null}
              {isLeader ? <Tag color="gold">{t("console.duty.leader")}</Tag> : null}
              {mayManage ? (
                <Button size="small" loading={lead.isPending} onClick={() => lead.mutate(member)}>
                  {t(isLeader ? "console.duty.notLeader" : "console.duty.makeLeader")}
                </Button>
              ) : null}
              {mayManage ? (
                <Button size="small" onClick={() => remove.mutate(personId)}>
                  {t("console.duty.remove")}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {mayManage ? (
        <p className="duty-row">
          <Select
            aria-label={t("console.duty.person")}
            placeholder={t("console.duty.person")}
            className="duty-choice"
            value={chosen}
            onChange={setChosen}
            options={candidates.data?.people.map(({ personId, name }) => ({
              value: personId,
              label: `${name} ${personId.slice(-4)}`,
            }))}
          />
          <Button disabled={!chosen} loading={add.isPending} onClick={() => chosen && add.mutate(chosen)}>
            {t("console.duty.addMember")}
          </Button>
        </p>
      ) : null}
      {add.isError || lead.isError || remove.isError ? (
        <p role="alert">{failureText(add.error ?? lead.error ?? remove.error)}</p>
      ) : null}
    </section>
  );
}
