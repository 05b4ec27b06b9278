import { Segmented } from "antd";
import type { ListState } from "../ui/use-list-state.ts";

interface Props<View extends string> {
  list: ListState;
  label: string;
  views: readonly View[];
  current: View;
  wordFor: (view: View) => string;
}

/** Which of a tab's lists is shown; in the address, like everything else about a list. */
export function ViewSwitch<View extends string>({ list, label, views, current, wordFor }: Props<View>) {
  return (
    <div>
      <Segmented<View>
        aria-label={label}
        value={current}
        options={views.map((value) => ({ value, label: wordFor(value) }))}
        onChange={(view) => list.set({ view, status: undefined, pageSize: undefined })}
      />
    </div>
  );
}
