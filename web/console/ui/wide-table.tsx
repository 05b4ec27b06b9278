import { Table, type TableProps } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

/** A table that is scrolled sideways where it is wider than its place, by pointer and by keyboard (WCAG 2.2, 2.1.1). */
export function WideTable<Item extends object>(props: TableProps<Item>) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const name = t("console.list.scrolled");
  useEffect(() => {
    const box = frame.current?.querySelector<HTMLElement>(".ant-table-content");
    return box ? reachable(box, name) : undefined;
  }, [name]);
  return (
    <div ref={frame} className="wide-table">
      <Table<Item> scroll={{ x: "max-content" }} {...props} />
    </div>
  );
}

/**
 * A stop for the keyboard as long as something is out of sight, since antd gives its scrolled box none.
 * @returns stops watching
 */
function reachable(box: HTMLElement, name: string): () => void {
  const look = () => {
    const isCut = box.scrollWidth > box.clientWidth;
    for (const [attribute, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": name }))
      if (isCut) box.setAttribute(attribute, value);
      else box.removeAttribute(attribute);
  };
  const watch = new ResizeObserver(look);
  watch.observe(box);
  for (const child of box.children) watch.observe(child);
  return () => watch.disconnect();
}
