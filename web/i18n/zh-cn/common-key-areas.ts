/** Words for key areas that desk and phone share. */
const keyArea = {
  kind: {
    hospital: "医院",
    "care-home": "养老机构",
    school: "学校",
    mall: "商场",
    market: "集贸市场",
    hotel: "宾馆饭店",
    entertainment: "娱乐场所",
    "transport-hub": "交通枢纽",
    heritage: "文物古建筑",
    "key-enterprise": "重点企业",
    warehouse: "仓储物流",
    chemical: "化工企业",
    "fuel-station": "加油加气站",
    "construction-site": "建筑工地",
    other: "其他",
  },
  demand: {
    permit: "动火作业票",
    sceneCheck: "现场核查",
    fireWatch: "监护人扫码",
    smoulderWatch: "余火监护",
  },
};

export default keyArea;
