import { useSearchParams } from "react-router";

export interface ListState {
  page: number;
  pageSize: number;
  /** A filter's value from the address, when it is one of `allowed`. */
  oneOf<Value extends string>(name: string, allowed: readonly Value[]): Value | undefined;
  text(name: string): string | undefined;
  /** Changes filters and goes back to the first page; an empty value takes a filter away. */
  set(changes: Record<string, string | undefined>): void;
  setPage(page: number, pageSize: number): void;
  reset(): void;
}

const FIRST_PAGE_SIZE = 20;

/** Filters, sorting and page live in the address: a reload, a bookmark and the back button keep them. */
export function useListState(): ListState {
  const [search, setSearch] = useSearchParams();
  function change(changes: Record<string, string | undefined>) {
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value) after.set(name, value);
        else after.delete(name);
      }
      return after;
    });
  }
  return {
    page: positive(search.get("page"), 1),
    pageSize: positive(search.get("pageSize"), FIRST_PAGE_SIZE),
    oneOf: (name, allowed) => allowed.find((value) => value === search.get(name)),
    text: (name) => search.get(name) ?? undefined,
    set: (changes) => change({ ...changes, page: undefined }),
    setPage: (page, pageSize) => change({ page: String(page), pageSize: String(pageSize) }),
    reset: () => setSearch({}),
  };
}

function positive(text: string | null, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
