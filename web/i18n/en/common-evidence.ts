const evidence = {
  kind: { photo: "Photo", video: "Film" },
  demand: {
    "point-at-exit": "Point at the exit",
    "thumb-up-at-work-point": "Put a thumb up beside the hot-work point",
    "extinguisher-beside-work-point": "Show the extinguisher beside the hot-work point",
    "open-palm-before-machine": "Hold an open palm before the machine",
    "glove-on-machine": "Show a glove laid on the machine",
    "two-fingers-at-floor": "Point two fingers at the floor where you work",
  },
};

export default evidence;
