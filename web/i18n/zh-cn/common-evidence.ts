const evidence = {
  kind: { photo: "照片", video: "录像" },
  demand: {
    "point-at-exit": "用手指向安全出口",
    "thumb-up-at-work-point": "在动火点旁竖起大拇指",
    "extinguisher-beside-work-point": "把灭火器放在动火点旁一起拍",
    "open-palm-before-machine": "在焊机前张开手掌",
    "glove-on-machine": "把手套放在焊机上一起拍",
    "two-fingers-at-floor": "伸两根手指指向作业地面",
  },
};

export default evidence;
