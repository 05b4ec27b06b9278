/** Where a machine is, as to key areas. */
const places = {
  title: "所在重点区域",
  area: "区域",
  floor: "{{floor}} 层",
  state: { inside: "在内", unsure: "不能确定", outside: "在外" },
  since: "自",
  method: "依据",
  by: { gps: "卫星定位", sign: "扫描场所牌", person: "人员现场确认" },
  lastFix: "最近可信定位",
  stopDue: "届时不得再起弧",
  onSite: "现场",
  tell: "确认位置",
  where: "焊机",
  lead: "按现场所见确认焊机是否在“{{name}}”内；焊机不移动，确认就一直有效。",
  done: "已确认",
};

export default places;
