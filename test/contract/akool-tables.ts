/**
 * Akool's published tables of Image to Video, row by row: every field of every answer with its type. `docs/coverage.md`
 * lists the same rows with the tests that cover them.
 */

type Type = 'Integer' | 'Long' | 'Number' | 'String' | 'Boolean' | 'Array' | 'Object';
type Table = Record<string, Type>;

export const createReplyTable: Table = {
  create_time: 'Long',
  uid: 'Integer',
  team_id: 'String',
  status: 'Integer',
  webhookUrl: 'String',
  resolution: 'String',
  file_name: 'String',
  effect_name: 'String',
  _id: 'String',
  image_url: 'String',
  prompt: 'String',
  negative_prompt: 'String',
  extend_prompt: 'Boolean',
  audio_type: 'Integer',
  audio_url: 'String',
  deduction_credit: 'Integer',
  effect_code: 'String',
};

export const batchReplyTable: Table = { successList: 'Array', errorList: 'Array' };

export const batchItemTable: Table = {
  _id: 'String',
  create_time: 'Long',
  uid: 'Integer',
  team_id: 'String',
  status: 'Integer',
  webhookUrl: 'String',
  resolution: 'String',
  file_name: 'String',
  effect_name: 'String',
  image_url: 'String',
  prompt: 'String',
  negative_prompt: 'String',
  extend_prompt: 'Boolean',
  last_image_url: 'String',
  deduction_credit: 'Integer',
  model_name: 'String',
  batch_id: 'String',
  batch_count: 'Integer',
};

export const resultTable: Table = {
  _id: 'String',
  create_time: 'Long',
  uid: 'Integer',
  team_id: 'String',
  update_time: 'Long',
  video_duration: 'Number',
  webhookUrl: 'String',
  file_name: 'String',
  effect_name: 'String',
  image_url: 'String',
  prompt: 'String',
  resolution: 'String',
  audio_type: 'Integer',
  audio_url: 'String',
  deduction_credit: 'Integer',
  effect_code: 'String',
  video_url: 'String',
  status: 'Integer',
  only_add_audio: 'Boolean',
};

export const effectTable: Table = {
  _id: 'String',
  create_time: 'Long',
  logo: 'String',
  name: 'String',
  video_url: 'String',
  effect_code: 'String',
};

export const effectsReplyTable: Table = { result: 'Array', count: 'Integer' };

export const soundReplyTable: Table = {
  create_time: 'Long',
  uid: 'Integer',
  team_id: 'String',
  update_time: 'Long',
  video_duration: 'Number',
  webhookUrl: 'String',
  resolution: 'String',
  file_name: 'String',
  effect_name: 'String',
  _id: 'String',
  pre_video_id: 'String',
  image_url: 'String',
  prompt: 'String',
  negative_prompt: 'String',
  extend_prompt: 'Boolean',
  audio_type: 'Integer',
  audio_url: 'String',
  deduction_credit: 'Integer',
  effect_code: 'String',
  status: 'Integer',
  only_add_audio: 'Boolean',
};

export const deletionReplyTable: Table = { successIds: 'Array', noPermissionItems: 'Array' };
export const deletionItemTable: Table = { _id: 'String', msg: 'String' };

const checks: Record<Type, (value: unknown) => boolean> = {
  Integer: (value) => Number.isInteger(value),
  Long: (value) => Number.isInteger(value) && Number(value) > 1_000_000_000_000,
  Number: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Array: (value) => Array.isArray(value),
  Object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** The rows of a table that an answer does not keep: absent, or of another type. */
export function offences(table: Table, answer: Record<string, unknown>): string[] {
  return Object.entries(table)
    .filter(([name, type]) => !(name in answer) || !checks[type](answer[name]))
    .map(([name, type]) => `${name} should be ${type} and is ${JSON.stringify(answer[name])}`);
}
