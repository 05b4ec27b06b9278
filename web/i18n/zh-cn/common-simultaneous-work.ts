/** What the phone and the console say about works that must not go on near each other. */
const simultaneousWork = {
  kind: {
    "combustible-gas-discharge": "排放可燃气体",
    "combustible-liquid-discharge": "排放可燃液体",
    "leak-capable-equipment": "可能泄漏的设备未隔离",
    "solvent-cleaning-or-painting": "可燃溶剂清洗或喷漆",
    "dust-sweeping": "可燃粉尘清扫",
    "flammable-line-opening": "打开易燃物料管线或取样",
    "foam-insulation": "保温发泡",
    "hot-work": "动火作业",
  },
  title: "附近有不能同时进行的作业",
  what: "{{firm}}：{{kind}}",
  unnamed: "未写明单位",
  distance: "水平相距约 {{metres}} 米",
  height: "上下相差约 {{metres}} 米",
  heightUnknown: "高度不明，按同一高度处理",
  limit: "{{metres}} 米以内不得同时进行",
  unsure: "定位有误差，可能已在距离之内",
  time: "重叠时间：{{from}} 至 {{to}}",
  untilEnded: "其中一项结束",
  fix: "请先停下其中一项，或移到 {{metres}} 米以外。双方负责人先联系，再继续作业。",
};

export default simultaneousWork;
