import { names } from './zh-names.ts';

/** One of the server's sentences: how its values are found in it, and the same with them in Chinese. */
type Saying = readonly [pattern: RegExp, say: (...values: string[]) => string];

/** By code, where the server's own English sentence says no more than this. */
const plain: Record<string, string> = {
  unauthenticated: '请先登录。',
  'invalid-key': '这个 API 密钥无效。',
  'account-suspended': '这个账户已被停用。',
  'insufficient-credits': '积分不足以支付这个价格。',
  'not-found': '账户里没有这一项。',
  'too-many-requests': '请求太多，或队列已满，请稍后再试。',
  'storage-full': '上传空间已满，等旧文件过期后再试。',
  'storage-unavailable': '暂时无法存取文件，请稍后再试。',
  'picture-unreadable': '这张图片无法读取。请换成 JPEG、PNG、WebP、AVIF、GIF 或 TIFF。',
  'audio-unreadable': '这段音频无法读取，请换一个文件。',
  'video-unreadable': '这段视频无法读取，请换一个文件。',
  'engine-failed': '引擎没能完成这项工作，请再试一次。',
  'engine-unavailable': '负责这个模型的引擎暂时无法连接。',
  'engine-lost': '引擎在工作途中停止了，请再试一次。',
  'deadline-exceeded': '这项工作超过了允许的时间。',
  cancelled: '任务已取消。',
  internal: '服务器内部出错，详情见日志。',
  'audio-url-ignored': 'audio_url 只在 audio_type 为 2 时播放，因此没有使用。',
  'depth-model-unused': '深度模型无法使用，景深改由内置方法估计。',
  'last-image-unused': '带特效的视频以特效结尾，没有使用尾帧。',
  'last-picture-ignored': '这个模型不能以指定的图片结尾，没有使用 image_tail。',
  'moves-overruled':
    '以指定图片结尾时，镜头按两张图片所允许的方式移动；关于镜头的文字中，只有向左、向右和固定有效。',
  'plan-picture-unused': '为视频配音时画面保持不变，计划中的画面部分不起作用。',
  'plan-sound-unused': '只有由文字生成声音时，计划中的声音部分才起作用。',
  'plan-unused': '这个模型不按计划工作，结果只由文字决定。',
  'action-not-shown':
    '内置引擎让镜头、水、天空、植物、头发和光线动起来，不会让人物或动物做动作。带视频模型的引擎可以做到。',
  'prompt-not-read': '内置引擎只读英文，这段文字用的是其他语言：镜头和声音几乎不受其影响。请用英文描述。',
  'subject-not-found': '画面中没有突出的主体，特效发生在最先引人注目的地方。',
};

/** What a model may have no use for. */
const wishes: Record<string, string> = {
  'the negative prompt': '不想出现的内容',
  'the wish to extend the prompt': '自行添加运动的许可',
  'the strength of the movement': '运动强度',
  'the camera (say it in the prompt instead)': '镜头选项（请改写进文字里）',
};

const or = (list: string) => list.replaceAll(' or ', ' 或 ');

/** By code, where there is something in the sentence to be kept. */
const sayings: Record<string, readonly Saying[]> = {
  'invalid-field': [
    [
      /names no place that can be painted(?: \((.+) cannot be\))?.*mood: (.+)\.$/,
      (left, places) =>
        `文字里没有可以绘制的地方${left ? `（画不出 ${left}）` : ''}。请写出其中之一，并加上时间、天气和气氛：${places}。`,
    ],
  ],
  'drawn-smaller': [
    [/with ([\d.]+) megapixels/, (size) => `显存不足以绘制完整尺寸，视频以 ${size} 百万像素绘制后放大。`],
  ],
  'frame-rate-of-model': [
    [
      /makes (\d+) frames a second; (\d+)/,
      (made, asked) => `模型每秒制作 ${made} 帧，要求的是 ${asked} 帧。`,
    ],
  ],
  'made-in-pieces': [
    [
      /draws (\S+) seconds at a time.* in (\d+) pieces/,
      (seconds, count) => `模型每次绘制 ${seconds} 秒：视频分 ${count} 段制作，每段接着上一段的最后一帧。`,
    ],
  ],
  'model-alias': [
    [
      /^(.+) is not installed here: the model (.+) of this server/,
      (asked, model) => `这里没有 ${asked}，由本服务器的模型 ${model} 完成。`,
    ],
  ],
  'model-fallback': [
    [
      /^The model (.+) could not be used, and (.+) does the work/,
      (asked, model) => `模型 ${asked} 无法使用，改由 ${model} 完成。`,
    ],
  ],
  'motion-region-not-found': [
    [/asks for (\S+),/, (kind) => `文字里有“${names[kind] ?? kind}”，但画面中没有找到，所以那里没有动。`],
  ],
  'not-painted': [[/^(.+) cannot be painted/, (words) => `画不出 ${words}：视频展示的是没有它的场景。`]],
  'option-ignored': [
    [
      /^The model (.+) has no use for (.+)\.$/,
      (model, what) => `模型 ${model} 用不上${wishes[what] ?? what}。`,
    ],
    [/makes picture and sound together/, () => '这个模型由同一段文字生成画面和声音，没有使用声音的文字。'],
  ],
  'seconds-of-model': [
    [
      /^The model (.+) makes (.+) seconds: the video lasts (.+)\.$/,
      (model, lengths, made) => `模型 ${model} 只制作 ${or(lengths)} 秒的视频，这段为 ${made} 秒。`,
    ],
  ],
  'shorter-than-asked': [
    [/made ([\d.]+) seconds; (\d+)/, (made, asked) => `模型制作了 ${made} 秒，要求的是 ${asked} 秒。`],
  ],
  'size-nearest': [
    [
      /^(\S+) is made as (\S+), (\S+) from/,
      (size, resolution, ratio) => `${size} 按 ${resolution}、${ratio} 制作。`,
    ],
  ],
  'size-of-model': [
    [
      /draws (.+), which is near enough to (\S+)/,
      (size, asked) => `模型绘制的是 ${size}，与 ${asked} 足够接近，保持原样。`,
    ],
  ],
  'size-reduced': [
    [/^At (\S+) .* so the video is (.+)\.$/, (asked, size) => `按 ${asked} 这张图片会过大，视频为 ${size}。`],
  ],
};

/** What the server refuses or remarks, by the code it says it with; its own sentence where nothing better is known. */
export function said(code: string, sentence: string): string {
  for (const [pattern, say] of sayings[code] ?? []) {
    const found = pattern.exec(sentence);
    if (found) return say(...found.slice(1));
  }
  return plain[code] ?? sentence;
}
