import { type Me, signInRoutes } from "@hanyouxu/api";
import { queryOptions, type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, isSignedOut } from "./api.ts";

export const ME_KEY = ["me"] as const;

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ME_KEY,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await api.call(signInRoutes.me, { signal });
    } catch (error) {
      if (isSignedOut(error)) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** Who is signed in; null when nobody is. */
export function useMe(): UseQueryResult<Me | null> {
  return useQuery(meQuery);
}

/** Ends the sign-in here and on the platform; nothing of the person stays in memory. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await api.call(signInRoutes.signOut, {}).catch((error: unknown) => {
      if (!isSignedOut(error)) throw error;
    });
    client.clear();
    client.setQueryData(ME_KEY, null);
  };
}
