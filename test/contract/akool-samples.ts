/**
 * Akool's published samples of Image to Video, word for word, except that `{{files}}` stands for the host of the files.
 */
export const createRequest = {
  image_url: '{{files}}/1753772478686-9524-b6e4169bb1b44d5d8361936b3f6eddb8.png',
  prompt: 'Animate this image with smooth camera movement and subtle object motion.',
  negative_prompt:
    'blurry, distorted hands, missing fingers, unnatural pose, double hands, extra limbs, bad anatomy, low quality, cartoonish, exaggerated features, open mouth, aggressive expression, modern clothing, pixelated, vibrant colors, overexposed, flickering, blurry details, subtitles, logo, style, artwork, painting, picture, static, overall grayish, worst quality, JPEG compression artifacts, ugly, incomplete, extra fingers, poorly drawn hands, poorly drawn face, deformed, disfigured, malformed limbs, fused fingers, static characters, messy background, three legs, crowded background, walking backwards',
  extend_prompt: true,
  resolution: '4k',
  audio_url: '{{files}}/1753772497950-9213-1749809724426audio.mp3',
  audio_type: 2,
  video_length: 10,
  is_premium_model: true,
  effect_code: 'squish_89244231312',
  webhookurl: 'http://localhost:3000/demo',
};

export const createReply = {
  code: 1000,
  msg: 'OK',
  data: {
    create_time: 1754362985482,
    uid: 101400,
    team_id: '6805fb69e92d9edc7ca0b409',
    status: 1,
    webhookUrl: 'http://localhost:3000/demo',
    resolution: '4k',
    file_name: 'Image2Video_Animate this image with .mp4',
    effect_name: 'Squish',
    _id: '689174694b4dbdd4ab3d28c9',
    image_url: createRequest.image_url,
    prompt: createRequest.prompt,
    negative_prompt: createRequest.negative_prompt,
    extend_prompt: true,
    audio_type: 2,
    audio_url: createRequest.audio_url,
    deduction_credit: 60,
    effect_code: 'squish_89244231312',
  },
};

/** A finished entry of `resultsByIds`. */
export const resultEntry = {
  _id: '6891abe782f7cd2a890c44ba',
  create_time: 1754377191100,
  uid: 101400,
  team_id: '6805fb69e92d9edc7ca0b409',
  sub_type: 1501,
  video_duration: 5.063,
  webhookUrl: 'http://localhost:3000/demo',
  file_name: 'Image2Video_Animate this image with .mp4',
  effect_name: 'Squish',
  update_time: 1754377293090,
  image_url: createRequest.image_url,
  prompt: createRequest.prompt,
  resolution: '4k',
  audio_type: 2,
  audio_url: createRequest.audio_url,
  deduction_credit: 60,
  effect_code: 'squish_89244231312',
  video_url: 'https://d2qf6ukcym4kn9.cloudfront.net/1754377291791-1423.mp4',
  status: 3,
  only_add_audio: false,
};

/** The batch sample. Its last picture needs a model that can end on one. */
export const batchRequest = {
  image_url: createRequest.image_url,
  prompt: createRequest.prompt,
  model_name: 'seedance-1-0-lite-i2v-250428',
  negative_prompt: 'blurry, distorted, low quality',
  extend_prompt: true,
  resolution: '720p',
  video_length: 5,
  last_image_url: '{{files}}/1753772478686-9524-last-frame.png',
  count: 3,
};

/** The first item of the batch's answer; the others differ in `_id` and `create_time` only. */
export const batchItem = {
  _id: '689174694b4dbdd4ab3d28c9',
  create_time: 1754362985482,
  uid: 101400,
  team_id: '6805fb69e92d9edc7ca0b409',
  status: 1,
  webhookUrl: '',
  resolution: '720p',
  file_name: 'Image2Video_Animate this image with .mp4',
  image_url: createRequest.image_url,
  prompt: createRequest.prompt,
  negative_prompt: 'blurry, distorted, low quality',
  extend_prompt: true,
  deduction_credit: 5,
  model_name: 'seedance-1-0-lite-i2v-250428',
  batch_id: '1754362985482_101400',
  batch_count: 3,
};

export const resultsRequest = { _ids: '68919a464b4dbdd4ab3d3034,6891a07f5d612f78c9204f1c' };

/** An entry of `resultsByIds` whose sound is waiting to be replaced. */
export const soundResultEntry = {
  _id: '6891a2295d612f78c9204f77',
  create_time: 1754374697629,
  uid: 101400,
  team_id: '6805fb69e92d9edc7ca0b409',
  update_time: 1754374394023,
  video_duration: 5.063,
  webhookUrl: 'http://localhost:3000/demo',
  file_name: 'Image2Video_Animate this image with .mp4',
  effect_name: 'Squish',
  image_url: createRequest.image_url,
  prompt: createRequest.prompt,
  resolution: '4k',
  audio_type: 2,
  audio_url: createRequest.audio_url,
  deduction_credit: 5,
  effect_code: 'squish_89244231312',
  status: 1,
  only_add_audio: true,
};

export const soundRequest = {
  pre_video_id: '6890830af27dfad2a3e6062d',
  audio_url: createRequest.audio_url,
  audio_type: 2,
};

export const soundReply = {
  code: 1000,
  msg: 'OK',
  data: {
    create_time: 1754374697629,
    uid: 101400,
    team_id: '6805fb69e92d9edc7ca0b409',
    update_time: 1754374394023,
    video_duration: 5.063,
    webhookUrl: 'http://localhost:3000/demo',
    resolution: '4k',
    file_name: 'Image2Video_Animate this image with .mp4',
    effect_name: 'Squish',
    _id: '6891a2295d612f78c9204f77',
    pre_video_id: '6891a07f5d612f78c9204f1c',
    image_url: createRequest.image_url,
    prompt: createRequest.prompt,
    negative_prompt: '',
    extend_prompt: false,
    audio_type: 2,
    audio_url: createRequest.audio_url,
    deduction_credit: 5,
    effect_code: 'squish_89244231312',
    status: 1,
    only_add_audio: true,
  },
};

export const deleteRequest = {
  _ids: '68919a464b4dbdd4ab3d3034,6891a07f5d612f78c9204f1c,6891a2295d612f78c9204f77',
};

export const deleteReply = {
  code: 1000,
  msg: 'Delete successfully',
  data: {
    successIds: ['6882f4c10529ae771e71531d'],
    noPermissionItems: [
      { _id: '6881cd86618fa41c89557b0c', msg: 'video resource is processing, please try again later' },
    ],
  },
};
