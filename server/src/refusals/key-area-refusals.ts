import type { Refusal } from "./refusal.ts";

/** What key areas can refuse. Refusals of a shape carry the GeoJSON of the place in `details.place`. */
export const keyAreaRefusals = {
  "key_area.not_found": {
    status: 404,
    "zh-CN": "没有这个重点区域，请刷新列表",
    en: "There is no such key area: reload the list",
  },
  "key_area.changed_meanwhile": {
    status: 409,
    "zh-CN": "这个重点区域刚刚被别人修改过，请刷新后在新版本上修改",
    en: "Somebody else has changed this key area meanwhile: reload it and change the new version",
  },
  "key_area.abolished": {
    status: 409,
    "zh-CN": "这个重点区域已撤销，不能再修改；需要时请新建",
    en: "This key area is abolished and cannot be changed: draw a new one if it is needed",
  },
  "key_area.site_owner_unknown": {
    status: 404,
    "zh-CN": "没有这家用焊单位，或它不在册，请从列表中选择",
    en: "There is no such site owner, or it is not active: choose one from the list",
  },
  "key_area.overlaps": {
    status: 409,
    "zh-CN": "与同类型的重点区域重叠，重叠处已在地图上标出；请调整边界，或修改原有区域",
    en: "It overlaps a key area of the same kind; the map marks where. Move its line, or change the other area",
  },
  "key_area.far_from_region": {
    status: 400,
    "zh-CN": "图形离所选区域太远，请检查坐标系和区域",
    en: "The shape lies far from the chosen region: check the coordinate system and the region",
  },
  "key_area.too_few_points": {
    status: 400,
    "zh-CN": "图形至少要有三个不同的角点",
    en: "A shape has at least three different corners",
  },
  "key_area.too_many_points": {
    status: 400,
    "zh-CN": "图形的角点超过 2000 个，请简化后再保存",
    en: "The shape has more than 2,000 corners: simplify it",
  },
  "key_area.crosses_itself": {
    status: 400,
    "zh-CN": "边界线自相交，交点已在地图上标出，请移动角点",
    en: "Its line crosses itself; the map marks where. Move a corner",
  },
  "key_area.hole_misplaced": {
    status: 400,
    "zh-CN": "孔洞应在外边界之内且互不重叠，问题处已在地图上标出",
    en: "A hole lies inside the outline and apart from other holes; the map marks where it does not",
  },
  "key_area.parts_overlap": {
    status: 400,
    "zh-CN": "图形的各部分互相重叠，问题处已在地图上标出",
    en: "Parts of the shape overlap; the map marks where",
  },
  "key_area.too_small": {
    status: 400,
    "zh-CN": "图形小于 10 平方米，请检查",
    en: "The shape is smaller than 10 m²: check it",
  },
  "key_area.too_large": {
    status: 400,
    "zh-CN": "图形大于 100 平方公里，请检查坐标，或分成几个区域",
    en: "The shape is larger than 100 km²: check the coordinates, or divide it",
  },
  "key_area.heights_reversed": {
    status: 400,
    "zh-CN": "最高高度应大于最低高度",
    en: "The upper height is above the lower one",
  },
  "key_area.no_such_floor": {
    status: 409,
    "zh-CN": "这个重点区域没有登记所选楼层，请先在区域中填写楼层",
    en: "The area has no such floor: enter its floors first",
  },
  "key_area.no_signs": {
    status: 409,
    "zh-CN": "还没有可打印的场所牌，请先生成",
    en: "There is no sign to print yet: make one first",
  },
  "site_sign.forged": {
    status: 404,
    "zh-CN": "这个场所牌编码不是本平台发放的，请向消防站或平台管理员报告",
    en: "This platform did not issue this site sign: report it to a fire station or an operator",
  },
  "site_sign.void": {
    status: 404,
    "zh-CN": "这块场所牌已作废，请扫现场的新牌；没有新牌请联系场所负责人",
    en: "This site sign is void: scan the new one on the spot, or ask the person in charge of the site",
  },
  "key_area_import.damaged": {
    status: 400,
    "zh-CN": "文件已损坏或不完整，请重新导出后再试",
    en: "The file is damaged or incomplete: export it again",
  },
  "key_area_import.unknown_format": {
    status: 400,
    "zh-CN": "请上传 GeoJSON、KML、KMZ 或打包成 ZIP 的 Shapefile",
    en: "Upload a GeoJSON, KML, KMZ or a Shapefile packed as a ZIP",
  },
  "key_area_import.too_large": {
    status: 400,
    "zh-CN": "文件展开后过大，请分成几个文件",
    en: "The file is too large when unpacked: divide it",
  },
  "key_area_import.too_many_features": {
    status: 400,
    "zh-CN": "一个文件最多 500 个图形，请分成几个文件",
    en: "A file has at most 500 features: divide it",
  },
  "key_area_import.unsafe_xml": {
    status: 400,
    "zh-CN": "KML 中含有 DOCTYPE 或实体定义，出于安全不予读取，请重新导出",
    en: "The KML has a DOCTYPE or entities, which are not read for safety: export it again",
  },
  "key_area_import.crs_unsupported": {
    status: 400,
    "zh-CN": "文件使用投影坐标系，请导出为经纬度",
    en: "The file is in a projected coordinate system: export it in longitude and latitude",
  },
  "key_area_import.empty": {
    status: 400,
    "zh-CN": "文件中没有图形",
    en: "There is no feature in the file",
  },
  "key_area_import.no_area": {
    status: 400,
    "zh-CN": "不是面图形：点和线不能成为重点区域",
    en: "It is no area: points and lines cannot become key areas",
  },
  "key_area_import.out_of_range": {
    status: 400,
    "zh-CN": "坐标超出经纬度范围，请检查坐标系",
    en: "Coordinates are out of range: check the coordinate system",
  },
  "key_area_import.outside_gcj02": {
    status: 400,
    "zh-CN": "坐标不在 GCJ-02 的适用范围（中国）内，请检查坐标系",
    en: "Coordinates lie outside China, where GCJ-02 is not defined: check the coordinate system",
  },
  "key_area_import.name_missing": {
    status: 400,
    "zh-CN": "缺少名称：属性“名称”或 name 至少 2 个字",
    en: "It has no name: the attribute “name” has at least 2 characters",
  },
  "key_area_import.kind_unknown": {
    status: 400,
    "zh-CN": "不认识的类型：属性“类型”应为本平台的重点区域类型",
    en: "Its kind is not known: the attribute “kind” is one of the platform's",
  },
  "key_area_import.floor_unknown": {
    status: 400,
    "zh-CN": "楼层写法不正确，应如 B1,1,2",
    en: "Its floors cannot be read: write B1,1,2",
  },
  "key_area_import.bad_features": {
    status: 409,
    "zh-CN": "文件中有不合格的图形，未导入任何内容；请修正文件，或选择只导入合格的图形",
    en: "Some features are bad and nothing was taken in: mend the file, or import the good ones only",
  },
  "key_area_import.nothing_good": {
    status: 409,
    "zh-CN": "文件中没有合格的图形，未导入任何内容",
    en: "No feature is good; nothing was taken in",
  },
} as const satisfies Record<string, Refusal>;
