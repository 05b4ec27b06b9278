/**
 * Modules that pages load together, in one file each: by itself the build makes a file of every set of modules that the
 * same pages share, a hundred for one page, and a browser asks for six at a time. What is named here is what every page
 * of its kind has anyway; the rest is divided by the build.
 */
const packages = (names: string) => new RegExp(`/node_modules/(${names})/`);
const components = (names: string) => new RegExp(`/node_modules/antd/es/(${names})/`);
const either = (...tests: readonly RegExp[]) => new RegExp(tests.map(({ source }) => source).join("|"));

export const chunkGroups = [
  {
    // All pages of the console and the phone.
    name: "start",
    priority: 3,
    test: packages(
      "react|react-dom|scheduler|react-router|@tanstack/[^/]+|i18next|react-i18next|use-sync-external-store|react-is|clsx|dayjs|@babel/runtime",
    ),
  },
  {
    // All pages of the console: its frame, its style, what it says in a dialog.
    name: "frame",
    priority: 2,
    test: either(
      components(
        "_util|alert|app|button|config-provider|locale|message|modal|notification|result|spin|style|theme|tooltip",
      ),
      packages(
        "@ant-design/(colors|cssinjs|cssinjs-utils|fast-color)|@emotion/[^/]+|stylis|@rc-component/(util|motion|portal|dialog|notification|resize-observer|trigger)",
      ),
    ),
  },
  {
    // Almost all pages of the console: what is filled in and chosen.
    name: "fields",
    priority: 1,
    test: either(
      components("auto-complete|dropdown|empty|input|menu|select|space"),
      packages("@rc-component/(dropdown|input|menu|overflow|select|tooltip|virtual-list)"),
    ),
  },
];
