import { type KeyAreaDetail, type SiteSign, siteSignRoutes } from "@hanyouxu/api";
import { formatSiteSignCode, type SiteSignCode } from "@hanyouxu/protocol";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, type TableProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { WideTable } from "../ui/wide-table.tsx";

/** The signs of the area and its floors: made, printed, made anew. */
export function SignsPanel({ area }: { area: KeyAreaDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isRenewing, setIsRenewing] = useState(false);
  const { keyAreaId } = area;
  const params = { keyAreaId };
  const key = ["key-area", keyAreaId, "signs"];
  const signs = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.call(siteSignRoutes.listSiteSigns, { params, signal }),
  });
  const reload = () => void client.invalidateQueries({ queryKey: key });
  const all = [null, ...(area.floors ?? [])];
  const make = useMutation({
    mutationFn: () => api.call(siteSignRoutes.makeSiteSigns, { params, body: { floors: all } }),
    onSuccess: reload,
  });
  const items = signs.data?.items ?? [];
  const hasValid = items.some(({ state }) => state === "valid");
  const mayMake = area.mayEdit && area.status === "active";
  const columns: TableProps<SiteSign>["columns"] = [
    {
      key: "floor",
      title: t("console.keyAreas.floors"),
      render: (_, { floor }) => floor ?? t("console.keyAreas.sign.whole"),
    },
    {
      key: "code",
      title: t("console.keyAreas.sign.code"),
      render: (_, { signCode }) => <code>{formatSiteSignCode(signCode as SiteSignCode)}</code>,
    },
    {
      key: "state",
      title: t("console.machine.state"),
      render: (_, { state }) => t(`console.keyAreas.sign.state.${state}`),
    },
    {
      key: "printed",
      title: t("console.keyAreas.sign.printed"),
      render: (_, row) => (row.printedAt ? `${dateTime(row.printedAt)}（${row.printCount}）` : "–"),
    },
  ];
  return (
    <section className="panel" data-testid="area-signs">
      <h2 className="panel-title">{t("console.keyAreas.sign.title")}</h2>
      {signs.isError ? <Failure error={signs.error} onRetry={signs.refetch} /> : null}
      <div className="area-tools">
        {mayMake ? (
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            {t("console.keyAreas.sign.make")}
          </Button>
        ) : null}
        {hasValid
          ? (["A4", "A5"] as const).map((paper) => (
              <Button
                key={paper}
                href={`/api/key-areas/${keyAreaId}/signs.pdf?paper=${paper}`}
                download
                onClick={() => {
                  // The download itself counts as the printing.
                  setTimeout(reload, 1_000);
                }}
              >
                {t("console.keyAreas.sign.print", { paper })}
              </Button>
            ))
          : null}
        {mayMake && hasValid ? (
          <Button danger onClick={() => setIsRenewing(true)}>
            {t("console.keyAreas.sign.renew")}
          </Button>
        ) : null}
      </div>
      {make.isError ? <Alert type="error" showIcon title={failureText(make.error)} /> : null}
      <WideTable<SiteSign>
        size="small"
        rowKey="signCode"
        columns={columns}
        dataSource={items}
        loading={signs.isPending}
        locale={{ emptyText: t("console.keyAreas.sign.none") }}
        pagination={{ pageSize: 8, hideOnSinglePage: true }}
      />
      <ReasonDialog<{ reason: string }, unknown>
        name="renew-signs"
        isOpen={isRenewing}
        isDanger
        title={t("console.keyAreas.sign.renew")}
        lead={t("console.keyAreas.sign.renewLead")}
        send={({ reason }) =>
          api.call(siteSignRoutes.makeSiteSigns, { params, body: { floors: all, voidOld: true, reason } })
        }
        onDone={() => {
          setIsRenewing(false);
          reload();
        }}
        onCancel={() => setIsRenewing(false)}
      />
    </section>
  );
}
