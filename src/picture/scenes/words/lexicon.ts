import type { Region } from '../canvas/canvas.ts';
import type { Feature, Mood, Season, Time, Weather } from '../plan.ts';
import { subjects } from './subjects.ts';

/** What a word or phrase says about a picture; one may say several things: `moonlit`. */
export interface Sense {
  time?: Time;
  weather?: Weather;
  season?: Season;
  mood?: Mood;
  feature?: Feature;
  /** sRGB. */
  colour?: number;
  /** What it is a word for, so that a colour before it belongs there. */
  region?: Region | 'flowers';
  /** It is a thing that nobody here can paint. */
  isSubject?: boolean;
}

const table = new Map<string, Sense>();

function enter(list: string, sense: Sense): void {
  for (const phrase of list.split(',')) {
    const key = phrase.trim().replace(/\s+/g, ' ');
    table.set(key, { ...table.get(key), ...sense });
  }
}

const times: Record<Time, string> = {
  dawn: 'dawn, sunrise, daybreak, early morning, first light, morning, rising sun, sun rise',
  day: 'day, daytime, daylight, noon, midday, afternoon, sunny, sunshine, sunlit, sunlight, bright sun, blue sky, clear day, tropical, tropical island, tropical beach, lagoon, paradise',
  'golden hour': 'golden hour, late afternoon, golden light, evening light, evening sun, warm sunlight',
  sunset: 'sunset, sundown, setting sun, evening, sun set',
  dusk: 'dusk, twilight, blue hour, nightfall, gloaming',
  night:
    'night, midnight, nighttime, night time, nocturnal, moon, moonlight, moonlit, starry, star, starlight, full moon, milky way, shooting star, night sky, starry sky, constellation, crescent moon, clear night',
};
for (const [time, list] of Object.entries(times)) enter(list, { time: time as Time });

const weathers: Record<Weather, string> = {
  clear: 'clear, clear sky, sunny, cloudless, blue sky, clear night, clear day, sunshine',
  cloudy: 'cloud, cloudy, fluffy cloud, white cloud, partly cloudy, cumulus, puffy cloud, cloudscape',
  overcast: 'overcast, grey sky, gray sky, dull sky, grey cloud, gray cloud, leaden sky, grey day',
  fog: 'fog, foggy, mist, misty, haze, hazy, morning fog, morning mist, sandstorm, sand storm, dust storm',
  rain: 'rain, rainy, rainfall, drizzle, downpour, raindrop, rain shower, rain cloud, puddle, wet street, raining, monsoon, rainy street, rainy city, raindrop',
  storm:
    'storm, stormy, thunderstorm, thunder, lightning, tempest, hurricane, gale, typhoon, storm cloud, dark cloud, rough sea, thundercloud, rainstorm, tornado',
  snow: 'snowfall, snowing, blizzard, falling snow, snow falling, snow fall, snowflake, snowstorm, snow storm, snow drifting, heavy snow, light snow, snow gently falling, snow slowly falling, snow flurry, flurry',
};
for (const [weather, list] of Object.entries(weathers)) enter(list, { weather: weather as Weather });
// It moves in clear air: painted as fog there would be nothing left to shimmer.
enter('heat haze, hazy heat', {});

const seasons: Record<Season, string> = {
  spring: 'spring, springtime, blossom, cherry blossom, in bloom, blooming, tulip, sakura',
  summer:
    'summer, summertime, lush, wheat, wheat field, barley, hay, cornfield, corn field, sunflower, sunflower field, field of sunflower, lavender, lavender field, savanna, savannah',
  autumn:
    'autumn, autumnal, in the fall, fall leaf, fall color, fall colour, fall foliage, fall forest, autumn leaf, falling leaf, fallen leaf, maple, october, autumn forest',
  winter:
    'winter, wintry, snow, snowy, snow covered, frozen, frost, frosty, icy, ice, december, snowfall, snow field, winter landscape, winter wonderland, snowy forest, winter forest, tundra, arctic, glacier, snowscape',
};
for (const [season, list] of Object.entries(seasons)) enter(list, { season: season as Season });
// Peaks are white in every season.
enter('snow capped, snowcapped, snow capped mountain, snow capped peak, snowy peak, snowy mountain', {});

const moods: Record<Mood, string> = {
  calm: 'calm, calmly, peaceful, peacefully, serene, tranquil, quiet, relaxing, glassy, gentle wave, placid, soothing, still water',
  dramatic: 'dramatic, epic, intense, powerful, majestic, breathtaking, wild, violent, raging, fierce',
  dreamy: 'dreamy, dreamlike, ethereal, romantic, fairytale, fairy tale, soft light, nostalgic',
  mystical: 'mystical, magical, mysterious, enchanted, eerie, haunting, otherworldly, surreal, fantasy',
  gloomy:
    'gloomy, dark, moody, ominous, bleak, somber, sombre, spooky, melancholic, melancholy, sad, dreary, scary',
  cheerful: 'cheerful, happy, bright, joyful, uplifting, idyllic, playful, radiant',
  warm: 'warm, cozy, cosy, warmth, sepia, hot',
  cold: 'cold, chilly, icy, freezing, frigid, cool tone',
  vivid: 'vivid, vibrant, colorful, colourful, saturated, psychedelic, multicolored, multicoloured',
  pastel: 'pastel, pastel color, pastel colour, pale, muted',
  monochrome: 'black and white, monochrome, monochromatic, grayscale, greyscale, noir',
};
for (const [mood, list] of Object.entries(moods)) enter(list, { mood: mood as Mood });

const features: Record<Feature, string> = {
  moon: 'moon, moonlight, moonlit, full moon, crescent moon, moonlit night, moonrise',
  stars: 'star, starry, starlight, starry sky, starry night, constellation, shooting star',
  galaxy: 'milky way, galaxy',
  birds: 'bird, seagull, gull, flock of bird, birdsong',
  boat: 'boat, sailboat, sailing boat, sail boat, fishing boat, rowing boat, yacht, canoe',
  lightning: 'lightning, thunder, thunderstorm, lightning bolt, lightning strike, lightning storm',
  rainbow: 'rainbow',
  fireflies: 'firefly, glowworm, fairy light',
  fireworks: 'firework, fireworks display, firework display',
  tropical:
    'tropical, palm, palm tree, tropical beach, paradise, caribbean, maldive, hawaii, tropical island',
  lavender: 'lavender, lavender field',
  wheat: 'wheat, wheat field, barley, rye, golden field, cornfield, corn field, hay',
  sunflowers: 'sunflower, sunflower field, field of sunflower',
  poppies: 'poppy, poppy field, field of poppy',
  pines: 'pine, pine forest, fir, spruce, conifer, pine tree, redwood, evergreen, taiga',
  'big waves':
    'big wave, huge wave, giant wave, large wave, crashing wave, wave crash, wave crashing, massive wave, ocean wave crashing, rough sea, towering wave, powerful wave',
  planet: 'planet, earth, saturn, jupiter, mars, earth from space, alien planet, ringed planet',
};
for (const [feature, list] of Object.entries(features)) enter(list, { feature: feature as Feature });

const colours: Record<string, number> = {
  red: 0xd83a2e,
  crimson: 0xc01c38,
  scarlet: 0xe0301e,
  orange: 0xf08a28,
  amber: 0xf0a830,
  golden: 0xf0b840,
  gold: 0xf0b840,
  yellow: 0xf4d43a,
  lime: 0xa8e03a,
  green: 0x4cae4a,
  emerald: 0x1fae72,
  teal: 0x1aa0a0,
  turquoise: 0x2ad0c4,
  aqua: 0x30d0d8,
  cyan: 0x30d0e8,
  azure: 0x3a9cf0,
  blue: 0x2f6ce0,
  navy: 0x1c3a80,
  indigo: 0x4a3ab8,
  violet: 0x8a4ae0,
  purple: 0x8e44c8,
  magenta: 0xe03ac0,
  pink: 0xff7ab8,
  rose: 0xf08aa0,
  peach: 0xffb890,
  coral: 0xff7f66,
  brown: 0x8a5a34,
  'forest green': 0x2f6a3a,
  'sky blue': 0x78b8f0,
  'deep blue': 0x1c4ac0,
  'dark blue': 0x1c3a90,
  'light blue': 0x88c4f4,
  'blood red': 0xb01822,
  white: 0xf4f4f4,
  grey: 0x9a9a9a,
  gray: 0x9a9a9a,
  black: 0x222222,
};
for (const [name, hex] of Object.entries(colours)) enter(name, { colour: hex });
// What is blue or golden by itself is not dyed: the phrase is taken before its colour.
enter('blue sky, blue hour, golden hour, white cloud, grey sky, gray sky, coral reef', {});

const regionWords: Partial<Record<Region | 'flowers', string>> = {
  flowers:
    'flower, wildflower, blossom, tulip, poppy, rose petal, cherry blossom, field of flower, flower field',
  sky: 'sky, cloud, sunset, sunrise, horizon, dawn, dusk, twilight, aurora, northern light, night sky, heaven, firework, aurora borealis, nebula',
  water:
    'water, sea, ocean, lake, river, wave, lagoon, pond, stream, bay, surf, waterfall, sea water, ocean wave, mountain lake',
  foliage:
    'leaf, tree, foliage, grass, forest, meadow, field, wood, bush, fern, maple, autumn leaf, plant, moss',
  land: 'sand, dune, desert, mountain, rock, cliff, hill, snow, beach, stone, soil, canyon, sand dune, peak, shore, petal',
  building: 'building, skyscraper, tower, wall, brick, city, skyline, house, street, neon light, neon sign',
  fire: 'flame, fire',
};
for (const [region, list] of Object.entries(regionWords))
  enter(list, { region: region as Region | 'flowers' });

for (const subject of subjects) enter(subject, { isSubject: true });

/** What a phrase (lower case, singular, one space between words) says; undefined when it says nothing. */
export function senseOf(phrase: string): Sense | undefined {
  return table.get(phrase);
}
