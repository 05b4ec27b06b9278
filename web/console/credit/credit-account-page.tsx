import { type CreditBooking, creditHolder, creditRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { CreditBookings } from "../../ui/credit-bookings.tsx";
import { useMe } from "../../ui/use-me.ts";
import { managesStations } from "../duty/manages-stations.ts";
import { ReasonButton } from "../enterprises/reason-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { CreditPoints } from "./credit-page.tsx";

/** Points of one welder or firm, what took them, and trainings that give some. */
export function CreditAccountPage() {
  const { t } = useTranslation();
  const { holder: named, holderId = "" } = useParams();
  const holder = creditHolder.options.find((one) => one === named) ?? "welder";
  const params = { holder, holderId };
  const me = useMe().data;
  const query = useQuery({
    queryKey: ["credit-account", params],
    queryFn: ({ signal }) => api.call(creditRoutes.getCredit, { params, signal }),
  });
  const account = query.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">
          {account
            ? `${account.name} · ${t("common.rectification.credit")}`
            : t("common.rectification.credit")}
        </h1>
        {account ? <CreditPoints account={account} /> : null}
        <div className="page-actions">
          {account && managesStations(me) ? (
            <ReasonButton
              word={t("console.rectification.train")}
              lead={t("console.rectification.trainLead")}
              send={(reason) => api.call(creditRoutes.bookTraining, { params, body: { reason } })}
              onDone={() => void query.refetch()}
            />
          ) : null}
        </div>
      </header>
      {query.isPending ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {account ? (
        <section className="panel" aria-labelledby="bookings-title">
          <h2 id="bookings-title" className="panel-title">
            {t("console.rectification.bookings")}
          </h2>
          {account.leastToStart > 0 ? (
            <p className="is-warn">
              {t("console.rectification.leastToStart", { points: account.leastToStart })}
            </p>
          ) : null}
          <CreditBookings
            bookings={account.bookings}
            actions={(booking) => <CauseLink booking={booking} />}
          />
        </section>
      ) : null}
    </main>
  );
}

function CauseLink({ booking: { cause, causeId } }: { booking: CreditBooking }) {
  const { t } = useTranslation();
  if (!causeId) return null;
  const page =
    cause === "rectification-overdue"
      ? "rectifications"
      : cause === "uncertified-attempt"
        ? "decisions"
        : "alarms";
  return <Link to={`/${page}/${causeId}`}>{t("console.rectification.forWhat")}</Link>;
}
