import type { Desk, DeskTodoKind } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** The list that shows what is counted: as many rows as the count says. */
const LISTS: Record<DeskTodoKind, string> = {
  "alarms-unacknowledged": "/alarms?handling=unacknowledged",
  "alarms-mine": "/alarms?isMine=true",
  "alarms-my-departments": "/alarms?isMyDepartments=true",
  "alarms-overdue": "/alarms?isOverdue=true",
  "station-calls": "/station-calls",
  "scene-reviews": "/scene-reviews",
  "certificate-reviews": "/certificate-reviews",
  "permits-submitted": "/permits?status=submitted",
  "rectifications-answered": "/rectifications?status=answered",
  "rectifications-overdue": "/rectifications?status=issued&isOverdue=true",
  "certificates-expiring": "/alarms?kind=certificate-expiring",
  appeals: "/appeals?status=open",
};

/** What somebody must not leave until tomorrow. */
const URGENT: ReadonlySet<DeskTodoKind> = new Set([
  "alarms-unacknowledged",
  "alarms-my-departments",
  "alarms-overdue",
  "station-calls",
  "rectifications-overdue",
]);

/** How much waits for the person, each a way to its list. */
export function TodoCards({ todo }: Pick<Desk, "todo">) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="todo-title">
      <h2 id="todo-title" className="panel-title">
        {t("console.desk.todo")}
      </h2>
      <ul className="desk-todo">
        {todo.map(({ kind, count }) => (
          <li key={kind}>
            <Link
              to={LISTS[kind]}
              className="desk-card"
              data-todo={kind}
              data-tone={count === 0 ? "none" : URGENT.has(kind) ? "urgent" : "some"}
            >
              <span className="desk-count">{count.toLocaleString("en-US")}</span>
              <span>{t(`console.desk.kind.${kind}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
