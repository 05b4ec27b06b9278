import { type ThemeConfig, theme } from "antd";

/** Some people get sick from what moves, and say so once to their system. */
const movesLittle = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Dark blue, as a control room is; contrast of text on ground is at least 4.5:1. */
export const consoleTheme: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  // One key: the style of a page does not depend on the order in which its parts were drawn.
  cssVar: { key: "hanyouxu" },
  hashed: false,
  // Rules come from antd's style sheet, which stands before ours (`first-screen.ts`); variables alone are made in the page.
  zeroRuntime: true,
  token: {
    motion: !movesLittle,
    colorPrimary: "#1f6feb",
    colorInfo: "#4aa8ff",
    colorLink: "#6fc3ff",
    colorLinkHover: "#a5dbff",
    colorError: "#ff9a94",
    colorBgBase: "#061a38",
    colorBgContainer: "#0a264f",
    colorBgElevated: "#0e3166",
    colorBgLayout: "#04142c",
    colorTextBase: "#eaf4ff",
    colorText: "#eaf4ff",
    colorTextSecondary: "#b8d3ee",
    colorTextTertiary: "#a3c2e2",
    colorTextPlaceholder: "#9dbbd9",
    colorTextDisabled: "#9fb8d2",
    colorBorder: "#2d5f9c",
    colorBorderSecondary: "#1c4679",
    borderRadius: 6,
    fontSize: 14,
    fontFamily: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif',
  },
  components: {
    Table: { headerBg: "#0d3264", rowHoverBg: "#10396f" },
    // Its word is drawn in the primary colour, which is too dark to be read on this ground.
    Spin: { colorPrimary: "#6fc3ff" },
    Tabs: {
      itemSelectedColor: "#a5dbff",
      itemHoverColor: "#a5dbff",
      itemActiveColor: "#a5dbff",
      inkBarColor: "#6fc3ff",
    },
    Pagination: { itemActiveColor: "#a5dbff", itemActiveColorHover: "#cfe9ff" },
    // A button under the pointer is still to be read: the blues antd derives are below 4.5:1 on this ground.
    Button: {
      defaultBg: "#0d3264",
      defaultHoverColor: "#a5dbff",
      defaultHoverBorderColor: "#6fc3ff",
      defaultActiveColor: "#a5dbff",
      defaultActiveBorderColor: "#6fc3ff",
      colorPrimaryHover: "#1b63d6",
      primaryShadow: "none",
      dangerColor: "#240404",
    },
  },
};
