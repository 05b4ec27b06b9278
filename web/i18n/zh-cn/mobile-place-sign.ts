const placeSign = {
  title: "扫场所牌",
  neededTitle: "不能确定焊机是否在“{{area}}”内",
  neededLead: "卫星信号说不准。请到焊机旁，扫墙上或门口的场所牌。",
  scan: "扫现场的场所牌",
  noSign: "现场没有牌：请到开阔处等几分钟再试，或联系消防站确认位置。",
  lead: "请扫离焊机最近的场所牌；有楼层牌的，扫本层的牌。",
  hint: "对准场所牌上的二维码",
  wrong: "这不是场所牌：编码应为 S 加 16 位字母数字",
  typedLabel: "场所牌编码（S 加 16 位）",
  taking: "正在核对牌子和手机位置…",
  refused: "位置没有确认",
  again: "重新扫牌",
  taken: "位置已确认：{{area}}",
  takenLead: "请回到焊机旁再继续。",
  goOn: "继续开机",
};

export default placeSign;
