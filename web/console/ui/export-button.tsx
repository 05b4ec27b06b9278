import type { Route } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { failureText } from "../../ui/api.ts";
import { saveFile } from "../imports/files.ts";

interface Props {
  /** One of the exports. */
  route: Pick<Route, "path">;
  /** The list's filters as they are now; pages are left out. */
  query?: Record<string, string | undefined>;
  /** Where several stand together: of which list. */
  label?: string;
}

/** Takes the list away as a file, as it is filtered now. */
export function ExportButton({ route, query = {}, label }: Props) {
  const { t } = useTranslation();
  const save = useMutation({
    mutationFn: (format: string) => saveFile(route.path, { ...query, format }),
  });
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "xlsx", label: t("console.imports.exportXlsx") },
            { key: "csv", label: t("console.imports.exportCsv") },
          ],
          onClick: ({ key }) => save.mutate(key),
        }}
      >
        <Button loading={save.isPending}>{label ?? t("console.imports.export")}</Button>
      </Dropdown>
      {save.isError ? <Alert type="error" showIcon title={failureText(save.error)} /> : null}
    </>
  );
}
