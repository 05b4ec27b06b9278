import { ApiError } from "@hanyouxu/api";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isSignedOut } from "./api.ts";
import { ME_KEY } from "./use-me.ts";

/** Reads are tried again after a lost network or a 5xx, never after an answer that says no. A 401 anywhere signs out. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) client.setQueryData(ME_KEY, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // One answer for all parts of a page that come up together; a page that is opened again asks again, for others
        // have acted meanwhile.
        staleTime: 1_000,
        // The phone's own idea of its network is often wrong in basements; a call that fails tells better.
        networkMode: "always",
        retry: (failures, error) =>
          failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}
