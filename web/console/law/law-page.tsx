import "./law.css";
import { lawRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { DatePicker, Spin } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { PROCESSES } from "../machines/processes.ts";
import { Failure } from "../ui/failure.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { LawNav } from "./law-nav.tsx";
import { LawRule } from "./law-rule.tsx";
import { LawTry } from "./law-try.tsx";
import { REGIMES } from "./regimes.ts";

/** Which certificate counts where: the table of a day, each cell opening its rule, and a place to try it out. */
export function LawPage() {
  const { t } = useTranslation();
  const list = useListState();
  const asked = list.text("day");
  const picked = list.text("rule");
  const table = useQuery({
    queryKey: ["law-table", asked],
    queryFn: ({ signal }) =>
      api.call(lawRoutes.certificateTable, { query: asked ? { day: asked } : {}, signal }),
    placeholderData: (previous) => previous,
  });
  const shown = table.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.law.title")}</h1>
        <DatePicker
          aria-label={t("console.law.day")}
          allowClear={false}
          value={shown ? dayjs(shown.day) : null}
          onChange={(day) => list.set({ day: day?.format("YYYY-MM-DD") })}
        />
      </header>
      <LawNav />
      <p className="soft">{t("console.law.lead")}</p>
      {table.isPending ? <Spin description={t("common.loading")} /> : null}
      {table.isError ? <Failure error={table.error} onRetry={table.refetch} /> : null}
      {shown ? (
        <>
          <table className="law-table">
            <thead>
              <tr>
                <th scope="col">{t("console.machine.process")}</th>
                {REGIMES.map((regime) => (
                  <th key={regime} scope="col">
                    {t(`console.law.regime.${regime}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {PROCESSES.map((process) => (
                <tr key={process}>
                  <th scope="row">{t(`common.process.${process}`)}</th>
                  {REGIMES.map((regime) => {
                    const cell = shown.cells.find((one) => one.regime === regime && one.process === process);
                    return (
                      <td key={regime}>
                        {cell ? (
                          <button
                            type="button"
                            className="law-cell"
                            aria-pressed={picked === cell.ruleId}
                            data-rule={cell.ruleId}
                            onClick={() => list.set({ rule: cell.ruleId })}
                          >
                            {cell.families.map((family) => t(`console.law.family.${family}`)).join(" · ")}
                          </button>
                        ) : (
                          "–"
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          <div className="decision-columns">
            {picked ? <LawRule ruleId={picked} day={shown.day} /> : null}
            <LawTry day={shown.day} />
          </div>
        </>
      ) : null}
    </main>
  );
}
