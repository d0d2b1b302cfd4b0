// Writes the list of packages at the end of NOTICE from the lockfile: by licence, as each package states it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const HEADING = 'Packages of an installed tree, by licence';
const WIDTH = 118;

/** Packages whose manifest states no licence; their own files do. */
const statedElsewhere = {
  '@shinyoshiaki/jspack': 'BSD-3-Clause',
};

/** Lines of at most so many characters, the further ones indented. */
function wrap(words) {
  const lines = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines;
}

/** NOTICE with the list as the lockfile has it now. @throws Error for a package without a known licence */
export function writeNotice(notice, lock) {
  const byLicence = new Map();
  for (const [place, { version, license, dev, devOptional }] of Object.entries(lock.packages)) {
    if (place === '' || dev || devOptional) continue;
    const name = place.split('node_modules/').at(-1);
    const licence = license ?? statedElsewhere[name];
    if (!licence) throw new Error(`${name} states no licence.`);
    byLicence.set(licence, [...(byLicence.get(licence) ?? []), `${name}@${version}`]);
  }
  const licences = [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1));
  const list = licences.flatMap(([licence, names]) => ['', licence, ...wrap([...new Set(names)].sort())]);
  const head = notice.split(`\n${HEADING}\n`)[0].trimEnd();
  const about =
    'Made by scripts/notice.mjs from package-lock.json; an installation has those of its own platform.';
  return `${[head, '', HEADING, '-'.repeat(HEADING.length), about, ...list].join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(path('package-lock.json'), 'utf8'));
  writeFileSync(path('NOTICE'), writeNotice(readFileSync(path('NOTICE'), 'utf8'), lock));
}
