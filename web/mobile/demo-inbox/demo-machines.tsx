import type { DemoLabel } from "@hanyouxu/api";
import { formatMachineCode, type MachineCode } from "@hanyouxu/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Machines whose labels a newcomer has no print of: a tap is as good as a scan. */
export function DemoMachines({ labels }: { labels: readonly DemoLabel[] }) {
  const { t, i18n } = useTranslation();
  return (
    <section className="stack" aria-labelledby="machines-title">
      <h2 id="machines-title">{t("mobile.demoInbox.machines")}</h2>
      <ul className="item-list">
        {labels.map((label) => (
          <li key={label.machineCode}>
            <Link className="item-link" to={`/machine/${label.machineCode}`}>
              <strong>{label.name}</strong>
              <span>{i18n.language === "en" ? label.note.en : label.note.zh}</span>
              <span className="soft">{formatMachineCode(label.machineCode as MachineCode)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
