import { useInfiniteQuery } from "@tanstack/react-query";

interface PageOf<Item> {
  items: Item[];
  total: number;
  page: number;
  pageSize: number;
}

const PAGE_SIZE = 20;

/** A long list read page by page. */
export function usePages<Item>(
  queryKey: readonly unknown[],
  read: (page: number, pageSize: number, signal: AbortSignal) => Promise<PageOf<Item>>,
  /** Between two looks at what is shown; without, it is read once. */
  followMs?: number,
) {
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, PAGE_SIZE, signal),
    initialPageParam: 1,
    getNextPageParam: ({ page, pageSize, total }) => (page * pageSize < total ? page + 1 : undefined),
    refetchInterval: followMs ?? false,
  });
  return { pages, items: pages.data?.pages.flatMap(({ items }) => items) };
}
