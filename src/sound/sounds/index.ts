import { aeroplane } from './aeroplane.ts';
import { air } from './air.ts';
import { applause } from './applause.ts';
import { ball } from './ball.ts';
import { bees } from './bees.ts';
import { bell } from './bell.ts';
import { birds } from './birds.ts';
import { boat } from './boat.ts';
import { breath } from './breath.ts';
import { bubbles } from './bubbles.ts';
import { camera } from './camera.ts';
import { cat } from './cat.ts';
import { cattle } from './cattle.ts';
import { city } from './city.ts';
import { click } from './click.ts';
import { clock } from './clock.ts';
import { cough } from './cough.ts';
import { crow } from './crow.ts';
import { crowd } from './crowd.ts';
import { crying } from './crying.ts';
import { dog } from './dog.ts';
import { door } from './door.ts';
import { dove } from './dove.ts';
import { drill } from './drill.ts';
import { drip } from './drip.ts';
import { eating } from './eating.ts';
import { electricity } from './electricity.ts';
import { engine } from './engine.ts';
import { explosion } from './explosion.ts';
import { fire } from './fire.ts';
import { fireworks } from './fireworks.ts';
import { footsteps } from './footsteps.ts';
import { frog } from './frog.ts';
import { gulls } from './gulls.ts';
import { gun } from './gun.ts';
import { heartbeat } from './heartbeat.ts';
import { helicopter } from './helicopter.ts';
import { hiss } from './hiss.ts';
import { horn } from './horn.ts';
import { horse } from './horse.ts';
import { impact } from './impact.ts';
import { insects } from './insects.ts';
import { jingle } from './jingle.ts';
import { keyboard } from './keyboard.ts';
import { knife } from './knife.ts';
import { laser } from './laser.ts';
import { laughter } from './laughter.ts';
import { machine } from './machine.ts';
import { magic } from './magic.ts';
import { ocean } from './ocean.ts';
import { paper } from './paper.ts';
import { passing } from './passing.ts';
import { phone } from './phone.ts';
import { pop } from './pop.ts';
import { poultry } from './poultry.ts';
import { pouring } from './pouring.ts';
import { rain } from './rain.ts';
import { ratchet } from './ratchet.ts';
import { roar } from './roar.ts';
import { rolling } from './rolling.ts';
import { rustle } from './rustle.ts';
import { saw } from './saw.ts';
import { scrape } from './scrape.ts';
import { shout } from './shout.ts';
import { singing } from './singing.ts';
import { siren } from './siren.ts';
import { sizzling } from './sizzling.ts';
import { skid } from './skid.ts';
import type { SoundGenerator } from './sound.ts';
import { splash } from './splash.ts';
import { squeak } from './squeak.ts';
import { storm } from './storm.ts';
import { stream } from './stream.ts';
import { thunder } from './thunder.ts';
import { train } from './train.ts';
import { vacuum } from './vacuum.ts';
import { voice } from './voice.ts';
import { whistle } from './whistle.ts';
import { whoosh } from './whoosh.ts';
import { wind } from './wind.ts';
import { wings } from './wings.ts';

/** Every sound. A new one is a file and a line here. */
export const sounds: readonly SoundGenerator[] = [
  air,
  aeroplane,
  applause,
  ball,
  bees,
  bell,
  birds,
  boat,
  breath,
  bubbles,
  camera,
  cat,
  cattle,
  city,
  click,
  clock,
  cough,
  crow,
  crowd,
  crying,
  dog,
  door,
  dove,
  drill,
  drip,
  eating,
  electricity,
  engine,
  explosion,
  fire,
  fireworks,
  footsteps,
  frog,
  gulls,
  gun,
  heartbeat,
  helicopter,
  hiss,
  horn,
  horse,
  impact,
  insects,
  jingle,
  keyboard,
  knife,
  laser,
  laughter,
  machine,
  magic,
  ocean,
  paper,
  passing,
  phone,
  pop,
  poultry,
  pouring,
  rain,
  ratchet,
  roar,
  rolling,
  rustle,
  saw,
  scrape,
  shout,
  singing,
  siren,
  sizzling,
  skid,
  splash,
  squeak,
  storm,
  stream,
  thunder,
  train,
  vacuum,
  voice,
  whistle,
  whoosh,
  wind,
  wings,
];

/** The sound with this name; undefined when there is none. */
export function findSound(name: string): SoundGenerator | undefined {
  return sounds.find((sound) => sound.name === name);
}
