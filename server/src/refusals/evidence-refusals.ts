import type { Refusal } from "./refusal.ts";

/** What pictures and films of a scene are refused for: on the way, by the checks, and by who rests on them. */
export const evidenceRefusals = {
  "evidence.not_found": {
    status: 404,
    "zh-CN": "没有这份影像，或它不是您上传的；请返回重新拍摄",
    en: "There is no such picture, or it is not yours: go back and take it again",
  },
  "evidence.subject_not_found": {
    status: 404,
    "zh-CN": "没有可拍摄的对象，请返回上一页重新进入",
    en: "There is nothing of that kind to take a picture of: go back and enter again",
  },
  "evidence.subject_closed": {
    status: 409,
    "zh-CN": "这里不再接收影像：事项已结束，或不由您拍摄",
    en: "No more pictures are taken in here: it has ended, or they are not yours to take",
  },
  "request.tus_version": {
    status: 412,
    "zh-CN": "上传协议版本不受支持，请刷新页面",
    en: "The version of the upload protocol is not supported (tus 1.0.0): reload the page",
  },
  "evidence.challenge_unknown": {
    status: 409,
    "zh-CN": "拍摄口令不存在，或不是给您这次拍摄的；请重新获取口令再拍",
    en: "There is no such challenge, or it was not given for this picture: get a new one and take it again",
  },
  "evidence.challenge_used": {
    status: 409,
    "zh-CN": "这个拍摄口令已用过，每个口令只能拍一份；请重新获取口令再拍",
    en: "This challenge has been answered; each is good for one picture: get a new one and take it again",
  },
  "evidence.challenge_expired": {
    status: 409,
    "zh-CN": "拍摄口令已过期，请重新获取口令，现场重拍",
    en: "The challenge has expired: get a new one and take the picture again on the spot",
  },
  "evidence.taken_before_challenge": {
    status: 409,
    "zh-CN": "拍摄时间早于口令发出时间，不是现场所拍；请按新口令现场拍摄",
    en: "It was taken before its challenge was given: take it on the spot, with a new challenge",
  },
  "evidence.taken_in_future": {
    status: 409,
    "zh-CN": "拍摄时间晚于当前时间，请校准手机时间后重拍",
    en: "It claims to be taken in the future: set the phone's clock and take it again",
  },
  "evidence.taken_too_early": {
    status: 409,
    "zh-CN": "影像拍摄得太早，不能作为这一步的依据；请现场重拍",
    en: "It was taken too early to count for this step: take it again on the spot",
  },
  "evidence.gallery_forbidden": {
    status: 409,
    "zh-CN": "这里只收应用内现场拍摄的影像，不能从相册选取",
    en: "Only what is taken in the app counts here, not files of the gallery",
  },
  "evidence.photo_too_large": {
    status: 413,
    "zh-CN": "照片不能超过 15 MB，请降低分辨率后重拍",
    en: "A photo is at most 15 MB: take it again at a lower resolution",
  },
  "evidence.video_too_large": {
    status: 413,
    "zh-CN": "视频不能超过 300 MB，请缩短时间后重拍",
    en: "A film is at most 300 MB: take a shorter one",
  },
  "evidence.too_many_bytes": {
    status: 413,
    "zh-CN": "收到的数据超过了申报的大小，请删除后重新上传",
    en: "More bytes came than were announced: delete it and upload it again",
  },
  "evidence.daily_limit": {
    status: 429,
    "zh-CN": "24 小时内上传的影像已达上限（200 份或 2 GB），请稍后再传",
    en: "You have uploaded as much as 24 hours allow (200 files or 2 GB): try again later",
  },
  "evidence.video_unavailable": {
    status: 503,
    "zh-CN": "本平台暂时不能检查视频，请改拍照片，并告知平台管理员安装 ffmpeg",
    en: "This platform cannot check films at present: take photos, and tell its operator to install ffmpeg",
  },
  "evidence.offset_conflict": {
    status: 409,
    "zh-CN": "续传位置与平台不一致，将自动重新对齐",
    en: "The offset is not where the platform is; ask for it by HEAD and go on from there",
  },
  "evidence.upload_ended": {
    status: 409,
    "zh-CN": "这份影像已上传完毕，不再接收数据",
    en: "This upload is complete and takes no more bytes",
  },
  "evidence.upload_expired": {
    status: 410,
    "zh-CN": "上传超过 24 小时未完成，已作废；请重新拍摄",
    en: "The upload was not finished within 24 hours and is void: take the picture again",
  },
  "evidence.chunk_too_small": {
    status: 409,
    "zh-CN": "单次上传的数据太少（至少 64 KB，最后一段除外）",
    en: "A PATCH brings at least 64 KiB, or all that is missing",
  },
  "evidence.in_use": {
    status: 409,
    "zh-CN": "已有记录以这份影像为依据，不能删除",
    en: "A record rests on it, so it cannot be deleted",
  },
  "evidence.altered": {
    status: 409,
    "zh-CN": "收到的文件与手机上的原件不一致，请重新拍摄上传",
    en: "What arrived is not what the phone took: take and upload it again",
  },
  "evidence.type_refused": {
    status: 415,
    "zh-CN": "文件内容不是可接受的类型：照片为 JPEG、PNG、WebP，视频为 MP4、WebM；请在应用内重拍",
    en: "By its content it is no photo (JPEG, PNG, WebP) or film (MP4, WebM) that is taken: use the app's camera",
  },
  "evidence.too_many_pixels": {
    status: 413,
    "zh-CN": "画面尺寸过大（照片至多 5000 万像素，视频至多 4K），请降低分辨率后重拍",
    en: "It has too many pixels (photos 50 million, films 4K): take it again at a lower resolution",
  },
  "evidence.too_long": {
    status: 413,
    "zh-CN": "视频不能超过 3 分钟，请缩短后重拍",
    en: "A film is at most 3 minutes: take a shorter one",
  },
  "evidence.unreadable": {
    status: 409,
    "zh-CN": "文件已损坏，无法读出画面；请重新拍摄",
    en: "The file is damaged and no picture can be read from it: take it again",
  },
  "evidence.no_detail": {
    status: 409,
    "zh-CN": "画面里看不到内容（全黑、全白或被遮挡），请对准现场重拍",
    en: "Nothing is to be seen in it (black, white or covered): point at the scene and take it again",
  },
  "evidence.recorded_time": {
    status: 409,
    "zh-CN": "文件中记录的拍摄时间早于这次拍摄，不是现场所拍；请现场重拍",
    en: "The file says that it was taken earlier than this picture: take it again on the spot",
  },
  "evidence.same_file": {
    status: 409,
    "zh-CN": "这个文件以前提交过，同一影像只能用一次；请现场重拍",
    en: "This very file was handed in before, and counts once: take a new one on the spot",
  },
  "evidence.same_picture": {
    status: 409,
    "zh-CN": "画面与以前提交过的影像相同，请现场重拍",
    en: "It shows the same picture as one handed in before: take a new one on the spot",
  },
  "evidence.not_yours": {
    status: 409,
    "zh-CN": "所附影像不是您为这一事项拍摄的，请重新拍摄",
    en: "The picture was not taken by you for this: take one",
  },
  "evidence.not_ready": {
    status: 409,
    "zh-CN": "影像还在上传或检查，请等它显示“已通过”后再提交",
    en: "The picture is still being uploaded or checked: wait until it is accepted",
  },
  "evidence.was_refused": {
    status: 409,
    "zh-CN": "所附影像未通过检查，请按提示重拍后再提交",
    en: "The picture was refused by the checks: take it again as they say",
  },
  "evidence.position_missing": {
    status: 409,
    "zh-CN": "影像没有拍摄位置，请打开手机定位后现场重拍",
    en: "It does not say where it was taken: allow the phone's location and take it again",
  },
  "evidence.too_far": {
    status: 409,
    "zh-CN": "影像的拍摄位置不在现场范围内，请到现场重拍",
    en: "It was taken too far from the place: go there and take it again",
  },
} as const satisfies Record<string, Refusal>;
