import "./credit.css";
import type { CreditBooking } from "@hanyouxu/api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { dateTime } from "./format.ts";
import { useWord } from "./use-word.ts";

interface Props {
  bookings: readonly CreditBooking[];
  /** What can be done about a booking, or where what it is for is seen. */
  actions?: (booking: CreditBooking) => ReactNode;
}

/** Everything that was booked, with its cause and the version of the rules that it was booked by. */
export function CreditBookings({ bookings, actions }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  if (bookings.length === 0) return <p className="card">{t("common.rectification.noBookings")}</p>;
  return (
    <ul className="credit-bookings">
      {bookings.map((booking) => (
        <li key={booking.creditBookingId} className="card stack" data-booking={booking.endedWhy ?? "holds"}>
          <p>
            <strong className={booking.endedAt ? "credit-ended" : ""}>
              {booking.points > 0 ? `+${booking.points}` : `−${Math.abs(booking.points)}`}
            </strong>{" "}
            {word(booking.title)}
          </p>
          <p className="soft">
            {dateTime(booking.bookedAt)} · {t("common.rectification.version")} {booking.ruleVersion}
          </p>
          {booking.note ? <p>{booking.note}</p> : null}
          {booking.endedWhy ? <p>{t(`common.rectification.ended.${booking.endedWhy}`)}</p> : null}
          {booking.returnsAt && !booking.endedAt ? (
            <p className="soft">
              {t("common.rectification.returnsAt", { at: dateTime(booking.returnsAt).slice(0, 10) })}
            </p>
          ) : null}
          {booking.appeal ? (
            <p>
              {t("common.rectification.appeal")}:{" "}
              {t(`common.rectification.appealStatus.${booking.appeal.status}`)}
            </p>
          ) : null}
          {actions?.(booking)}
        </li>
      ))}
    </ul>
  );
}
