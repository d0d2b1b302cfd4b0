import { type PriceList, standardPrices } from '../../credits/prices.ts';
import type { EngineModel, Resolution, Warning } from '../../engines/engine.ts';
import { StillroarError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';

/** Image to video, in Akool's list of model types. */
export const IMAGE_TO_VIDEO = 1501;
/** The same in ours. */
const IMAGE_TO_VIDEO_KIND = 'image-to-video';

/** How many videos one request may ask for. */
export const MOST_COUNT = 10;

/** A model under the name that Akool's clients use. */
export interface AkoolModel {
  /** What clients send as `model_name`. */
  value: string;
  /** The engine's model that does the work. */
  engineModel: string;
  prices: PriceList;
  /** Set when it is shown in the list; others are only understood. */
  listed?: { sort: number; label: string; description: string };
}

/** A quarter of the standard price, rounded up: at 720p the 5 credits of the published sample. */
const litePrices: PriceList = { '720p': 5, '1080p': 7, '4k': 8 };

/** The model of requests that name none. */
const defaultModel: AkoolModel = {
  value: 'AkoolImage2VideoFastV1',
  engineModel: 'builtin-fast',
  prices: standardPrices,
  listed: {
    sort: 100,
    label: 'Stillroar Fast',
    description: 'Films the picture with a moving camera and composes its sound, on the CPU of this server.',
  },
};

/** Every name that is understood, those that are listed first. */
const akoolModels: readonly AkoolModel[] = [
  defaultModel,
  {
    value: 'AkoolImage2VideoHDV1',
    engineModel: 'builtin-fine',
    prices: standardPrices,
    listed: {
      sort: 90,
      label: 'Stillroar HD',
      description: 'The same film drawn in more detail and compressed less. Takes longer.',
    },
  },
  // Names of other makers' models that clients have stored.
  { value: 'seedance-1-0-lite-i2v-250428', engineModel: 'builtin-fast', prices: litePrices },
  { value: 'seedance-1-0-pro-250528', engineModel: 'builtin-fine', prices: standardPrices },
];

/** A model of another engine, under its own name; nothing for one that makes no videos from pictures. */
function toAkoolModel({ name, title = name, licence = '', kinds, prices }: EngineModel): AkoolModel[] {
  if (!kinds.includes(IMAGE_TO_VIDEO_KIND) || akoolModels.some(({ engineModel }) => engineModel === name))
    return [];
  const listed = { sort: 50, label: title, description: licence };
  return [{ value: name, engineModel: name, prices: { ...standardPrices, ...prices }, listed }];
}

/**
 * The model of a name; the default for an empty one.
 * @param offered the engines' models, which are understood under their own names too
 * @throws StillroarError `invalid-field` with the nearest known name
 */
export function findModel(name: string, offered: readonly EngineModel[]): AkoolModel {
  if (name === '') return defaultModel;
  const models = [...akoolModels, ...offered.flatMap(toAkoolModel)];
  const model = models.find(({ value }) => value === name);
  if (model) return model;
  const known = models.map(({ value }) => value);
  const suggestion = nearest(name, known);
  throw new StillroarError(
    'invalid-field',
    `model_name "${name.slice(0, 100)}" is not known. ` +
      `${suggestion ? `Did you mean ${suggestion}? ` : ''}There are ${known.join(', ')}.`,
    { field: 'model_name' },
  );
}

/** Says who really does the work behind another maker's name. */
export function aliasWarnings({ value, engineModel, listed }: AkoolModel): Warning[] {
  if (listed) return [];
  return [
    {
      code: 'model-alias',
      message: `${value} is not installed here: the model ${engineModel} of this server renders the video.`,
    },
  ];
}

/** Picture sizes that the list shows for a landscape of 16 : 9; a video keeps its picture's own aspect ratio. */
const sizes: Record<Resolution, { width: number; height: number }> = {
  '720p': { width: 1280, height: 720 },
  '1080p': { width: 1920, height: 1080 },
  '4k': { width: 3840, height: 2160 },
};

/** The published list of models of some types: those that an engine of this server really offers. */
export function toModelList(types: readonly number[], offered: readonly EngineModel[]) {
  if (!types.includes(IMAGE_TO_VIDEO)) return [];
  return [...akoolModels, ...offered.flatMap(toAkoolModel)]
    .flatMap(({ value, engineModel, prices, listed }) => {
      const model = offered.find(({ name }) => name === engineModel);
      if (!listed || !model) return [];
      return {
        ...listed,
        group: 'Stillroar',
        provider: 'akool',
        type: IMAGE_TO_VIDEO,
        value,
        name: listed.label,
        resolutionList: model.resolutions.map((resolution) => ({
          label: resolution,
          value: resolution,
          ...sizes[resolution],
          unit_credit: prices[resolution],
        })),
        durationList: [...model.seconds],
        generate_audio: { required: false, type: 'boolean', default: true, extra_credit_multiplier: 1 },
        requiresPay: false,
        supportedLastFrame: model.lastFrame,
        supportedExtendPrompt: true,
        maxImageCount: 1,
        maxCount: MOST_COUNT,
      };
    })
    .sort((a, b) => b.sort - a.sort);
}
