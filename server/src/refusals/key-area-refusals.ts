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
} as const satisfies Record<string, Refusal>;
