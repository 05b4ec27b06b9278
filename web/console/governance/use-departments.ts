import { type Department, departmentRoutes } from "@hanyouxu/api";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";

export const DEPARTMENTS_KEY = ["departments"] as const;

export function useDepartments(): UseQueryResult<{ departments: Department[] }> & {
  nameOf(key: string | null): string | undefined;
} {
  const { i18n } = useTranslation();
  const query = useQuery({
    queryKey: DEPARTMENTS_KEY,
    queryFn: ({ signal }) => api.call(departmentRoutes.listDepartments, { signal }),
  });
  return {
    ...query,
    nameOf(key) {
      const name = query.data?.departments.find(({ departmentKey }) => departmentKey === key)?.name;
      return i18n.language === "en" ? name?.en : name?.zh;
    },
  };
}
