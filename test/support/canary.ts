import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card } from './bench-page.js';
import type { TraceEntry } from './host-recorder.js';
import type { World } from './world.js';

/** A text, or the bytes of a file, in which no value may stand. */
export interface Place {
  readonly where: string;
  readonly content: string | Buffer;
}

/** A part of a value in one of the forms in which it could leak. */
interface Needle {
  readonly name: string;
  readonly isIn: (text: string) => boolean;
}

/** Digits as people and programs group them: `4242 4242`, `4242-4242`, `[4,2,4,2]`. */
const GROUPING = /(?<=\d)[\s.,-]{1,2}(?=\d)/gu;
/** As many digits of a number as no brand and no last four explain. */
const RUN = 8;

const contains = (name: string, ...forms: readonly string[]): Needle => ({
  name,
  isIn: (text) => forms.some((form) => text.includes(form)),
});

/** Too short to be looked for inside of random ids: it must stand alone. */
function alone(name: string, ...forms: readonly string[]): Needle {
  const expressions = forms.map((form) => new RegExp(`(?<![\\w.+-])${form}(?![\\w.+-])`, 'u'));
  return { name, isIn: (text) => expressions.some((expression) => expression.test(text)) };
}

/** The middle of a text's base64, for each place where it may begin in a group of three bytes. */
const base64Forms = (text: string): readonly string[] =>
  [0, 1, 2].map((shift) =>
    Buffer.from(`${'x'.repeat(shift)}${text}`)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );

const hashForms = (text: string): readonly string[] =>
  ['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) => {
    const digest = createHash(algorithm).update(text).digest();
    return [digest.toString('hex'), digest.toString('base64').slice(0, -2), digest.toString('base64url').slice(0, -2)];
  });

const encoded = (name: string, text: string): readonly Needle[] => [
  contains(`${name} in base64`, ...base64Forms(text)),
  contains(`${name} in hex`, Buffer.from(text).toString('hex')),
  contains(`${name} as character codes`, Array.from(text, (character) => String(character.codePointAt(0))).join(',')),
  contains(`hash of ${name}`, ...hashForms(text)),
];

function numberNeedles(number: string): readonly Needle[] {
  const runs = Array.from({ length: number.length - RUN + 1 }, (_, start) => number.slice(start, start + RUN));
  const backwards = Array.from(number).reverse().join('');
  return [
    { name: 'digits of the number', isIn: (text) => runs.some((run) => text.replace(GROUPING, '').includes(run)) },
    contains('the number backwards', backwards),
    ...encoded('the number', number),
  ];
}

function expiryNeedles(expiry: string): readonly Needle[] {
  const [month, year] = [expiry.slice(0, 2), expiry.slice(2)];
  const written = ['/', ' / ', '-'].flatMap((mark) => [`${month}${mark}${year}`, `${month}${mark}20${year}`]);
  return [alone('the expiry', ...written, `20${year}-${month}`, `20${year}/${month}`, `${month}20${year}`, expiry)];
}

function nameNeedles(name: string): readonly Needle[] {
  const words = name.split(' ').flatMap((word) => [word, word.normalize('NFD'), encodeURIComponent(word)]);
  return [contains('the name', ...words), ...encoded('the name', name)];
}

/** A file is searched as several encodings would read it. */
function readingsOf(content: string | Buffer): readonly string[] {
  if (typeof content === 'string') return [content];
  return [content.toString('utf8'), content.toString('latin1'), content.toString('latin1').replaceAll('\0', '')];
}

/** Three digits are in any file of random bytes somewhere; there they are looked for as JSON writes them. */
const cvcNeedle = (cvc: string, content: Place['content']): Needle =>
  typeof content === 'string' ? alone('the security code', cvc) : contains('the security code', `"${cvc}"`);

/** Which parts of a card stand where they may not. */
export function findLeaks(places: readonly Place[], card: Card): readonly string[] {
  const needles = [...numberNeedles(card.number), ...expiryNeedles(card.expiry), ...nameNeedles(card.name)];
  return places.flatMap(({ where, content }) =>
    [...needles, cvcNeedle(card.cvc, content)]
      .filter(({ isIn }) => readingsOf(content).some(isIn))
      .map(({ name }) => `${name} in ${where}`),
  );
}

/** What the host could observe. */
export const hostPlaces = (entries: readonly TraceEntry[]): readonly Place[] =>
  entries.map(({ stream, what }) => ({ where: stream, content: what }));

/** All files of the vault's folder as they lie there now: database, write-ahead log, shared memory, key. */
export async function filePlaces(folder: string): Promise<readonly Place[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async ({ name, parentPath }) => ({ where: name, content: await readFile(join(parentPath, name)) })),
  );
}

/** What the vault logged. */
export const logPlaces = ({ log }: Pick<World, 'log'>): readonly Place[] =>
  log.map((event) => ({ where: 'log', content: JSON.stringify(event) }));

/** What the vault wrote into its audit trail. */
export const auditPlaces = (rows: readonly { readonly body: string }[]): readonly Place[] =>
  rows.map(({ body }) => ({ where: 'audit', content: body }));
