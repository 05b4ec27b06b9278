import { appealRoutes, type CreditDetail, creditRoutes } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { CreditBookings } from "../../ui/credit-bookings.tsx";
import { dateTime } from "../../ui/format.ts";
import { useWord } from "../../ui/use-word.ts";
import { LoadFailure } from "../load-failure.tsx";
import { Page } from "../page.tsx";
import { AppealSheet } from "./appeal-sheet.tsx";

/** Points and appeals are others' to decide. */
const FOLLOW_MS = 10_000;

/** One's own points and those of one's firms, what took them, and the way to appeal. */
export function OwnCreditPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["own-credit"],
    queryFn: ({ signal }) => api.call(creditRoutes.listOwnCredit, { signal }),
    refetchInterval: FOLLOW_MS,
  });
  const [account] = query.data?.accounts ?? [];
  return (
    <Page title={t("mobile.rectification.credit")} backTo="/me">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !query.data ? <LoadFailure query={query} /> : null}
      {query.data?.accounts.map((one) => (
        <Account key={one.holderId} account={one} />
      ))}
      <Link className="item-link" to={`/credit-rules${account ? `?region=${account.region}` : ""}`}>
        <strong>{t("common.rectification.rules")}</strong>
      </Link>
      <OwnAppeals />
    </Page>
  );
}

function Account({ account }: { account: CreditDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [appealed, setAppealed] = useState<string>();
  const done = () => {
    setAppealed(undefined);
    void client.invalidateQueries({ queryKey: ["own-credit"] });
    void client.invalidateQueries({ queryKey: ["own-appeals"] });
  };
  return (
    <>
      <section className="card stack" data-credit={account.credit}>
        <h2>
          {t(`common.rectification.holder.${account.holder}`)} · {account.name}
        </h2>
        <p className="credit-points">{account.credit}</p>
        {account.leastToStart > 0 ? (
          <p>{t("mobile.rectification.least", { points: account.leastToStart })}</p>
        ) : null}
      </section>
      <CreditBookings
        bookings={account.bookings}
        actions={({ creditBookingId, appealBy }) =>
          appealBy ? (
            <>
              <p className="soft">
                {t("common.rectification.appealBy", { at: dateTime(appealBy).slice(0, 16) })}
              </p>
              <Button className="big" block onClick={() => setAppealed(creditBookingId)}>
                {t("common.rectification.appeal")}
              </Button>
            </>
          ) : null
        }
      />
      {appealed ? (
        <AppealSheet
          subject="credit-booking"
          subjectId={appealed}
          onDone={done}
          onClose={() => setAppealed(undefined)}
        />
      ) : null}
    </>
  );
}

function OwnAppeals() {
  const { t } = useTranslation();
  const word = useWord();
  const appeals = useQuery({
    queryKey: ["own-appeals"],
    queryFn: ({ signal }) => api.call(appealRoutes.listOwnAppeals, { query: {}, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const items = appeals.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="appeals-title">
      <h2 id="appeals-title">{t("mobile.rectification.appealed")}</h2>
      {items.map((appeal) => (
        <div key={appeal.appealId} data-appeal={appeal.status}>
          <p>
            <strong>{t(`common.rectification.appealStatus.${appeal.status}`)}</strong> · {word(appeal.about)}
          </p>
          <p className="soft">{appeal.reason}</p>
          {appeal.decision ? <p>{appeal.decision.reason}</p> : null}
        </div>
      ))}
    </section>
  );
}
