import "./desk.css";
import { deskRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { DailyBrief } from "./daily-brief.tsx";
import { FiguresPanel } from "./figures-panel.tsx";
import { RegionTable } from "./region-table.tsx";
import { TodoCards } from "./todo-cards.tsx";

const FOLLOW_MS = 15_000;

/** What waits for the person today, and how the regions below theirs compare. */
export function DeskPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const region = search.get("region") ?? undefined;
  const desk = useQuery({
    queryKey: ["desk", region],
    queryFn: ({ signal }) =>
      api.call(deskRoutes.getDesk, { query: region === undefined ? {} : { region }, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const found = desk.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.desk.title")}</h1>
        {found ? <p className="soft small">{t("console.desk.asOf", { at: dateTime(found.asOf) })}</p> : null}
      </header>
      {desk.isPending ? <Spin description={t("common.loading")} /> : null}
      {desk.isError ? <Failure error={desk.error} onRetry={desk.refetch} /> : null}
      {found ? (
        <>
          <TodoCards todo={found.todo} />
          <DailyBrief region={region} />
          <section className="panel" data-testid="desk-regions">
            <header className="desk-head">
              <h2 className="panel-title">
                {found.region
                  ? t("console.desk.regionsOf", { name: found.region.name })
                  : t("console.desk.regions")}
              </h2>
              {region === undefined ? null : (
                <Button size="small" onClick={() => setSearch({})}>
                  {t("console.desk.back")}
                </Button>
              )}
            </header>
            <RegionTable regions={found.regions} onOpen={(code) => setSearch({ region: code })} />
          </section>
          <FiguresPanel />
        </>
      ) : null}
    </main>
  );
}
