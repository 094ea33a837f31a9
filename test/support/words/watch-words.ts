import { liesOf } from '../styles/lies.js';

/** What stands in one field, place by place; `''` where it has no such place. */
export interface FieldWords {
  readonly label: string;
  readonly placeholder: string;
  readonly help: string;
  /** The same as markup. */
  readonly helpMarkup: string;
  readonly error: string;
  readonly value: string;
  readonly button: string;
  readonly spoken: string;
}

/** What a frame showed at one time. */
export interface Drawn {
  readonly fields: readonly FieldWords[];
  /** What is not as it was before the first word: elements, attributes, globals, places, sizes; and what is not so. */
  readonly odd: readonly string[];
}

/** What stands for a drawing that was not made. */
export const NOTHING: Drawn = { fields: [], odd: ['nothing was drawn'] };

declare global {
  interface Window {
    /** What was drawn: the last of each language, or all by their numbers. */
    drawnWords: Record<string, Drawn>;
  }
}

/** Runs in a frame: the words in it. */
function fieldsOf(): readonly FieldWords[] {
  return [...document.querySelectorAll('.field')].map((field) => {
    const textOf = (css: string): string => field.querySelector(css)?.textContent ?? '';
    return {
      label: textOf('.label'),
      placeholder: field.querySelector('input')?.getAttribute('placeholder') ?? '',
      help: textOf('.help'),
      helpMarkup: field.querySelector('.help')?.innerHTML ?? '',
      error: textOf('.error'),
      value: textOf('.value'),
      button: textOf('.button'),
      spoken: textOf('.spoken'),
    };
  });
}

/** Runs in a frame: every element with its attributes, but for those that words and states have; and every global. */
function shapeOf(): readonly string[] {
  const OWN = ['placeholder', 'data-status', 'disabled', 'aria-invalid', 'lang'];
  const elements = [...document.querySelectorAll('*')].filter(
    ({ parentElement }) => (parentElement?.closest('.help') ?? null) === null,
  );
  const shapes = elements.map(({ tagName, attributes }) => {
    const foreign = [...attributes].filter(({ name }) => !OWN.includes(name));
    return [tagName, ...foreign.map(({ name, value }) => `${name}=${value}`)].join(' ');
  });
  return [...shapes, ...Object.keys(window).map((name) => `global ${name}`)];
}

/** Runs in a frame: distances between neighbours and sizes of inputs and values, in pixels. No word may change them. */
function bonesOf(): readonly string[] {
  const boxOf = (each: Element): DOMRect => each.getBoundingClientRect();
  const isThere = (part: Element): boolean => boxOf(part).height > 0;
  return [...document.querySelectorAll<HTMLElement>('.field')].flatMap((field, index, all) => {
    // A label without letters has no height, and a help without them is not there; then a margin is nobody's.
    const parts = [...field.children].filter((part) => part.matches('.box, .error, .value-row') || isThere(part));
    const before = all[index - 1];
    const entry = field.querySelector<HTMLElement>('.input, .value');
    const bones = {
      'field from field': before === undefined ? 0 : boxOf(field).top - boxOf(before).bottom,
      'field from the side': boxOf(field).left,
      'field wide': field.offsetWidth,
      'entry from the side': entry === null ? 0 : boxOf(entry).left,
      'entry high': entry?.offsetHeight ?? 0,
      'input wide': entry?.matches('.input') === true ? entry.offsetWidth : 0,
    };
    const gaps = parts.map((part, at): readonly [string, number] => {
      const above = parts[at - 1];
      return [part.className, boxOf(part).top - (above === undefined ? boxOf(field).top : boxOf(above).bottom)];
    });
    return [...Object.entries(bones), ...gaps]
      .filter(([name]) => !name.startsWith('help'))
      .map(([name, pixels]) => `field ${String(index + 1)}: ${name} ${String(Math.round(pixels * 4) / 4)}`);
  });
}

/** Runs in a frame: words that stand much higher than as many of the widest letters, whose lines are as long. */
function tallOf(): readonly string[] {
  // Letters of other scripts stand higher.
  const MORE = 1.5;
  const words = [...document.querySelectorAll<HTMLElement>('.label, .help, .error')];
  const twins = words.map((word) => {
    const twin = word.cloneNode(true) as HTMLElement;
    const texts = document.createTreeWalker(twin, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() !== null) {
      const { currentNode } = texts;
      currentNode.nodeValue = (currentNode.nodeValue ?? '').replaceAll(/\S/gu, 'W');
    }
    return twin;
  });
  for (const [at, twin] of twins.entries()) words[at]?.after(twin);
  const heights = words.map(({ className, offsetHeight }, at) => {
    const most = Math.max(twins[at]?.offsetHeight ?? 0, 20) * MORE;
    return offsetHeight > most ? [`${className} is ${String(offsetHeight)} px high`] : [];
  });
  for (const twin of twins) twin.remove();
  return heights.flat();
}

interface Readers {
  readonly fields: () => readonly FieldWords[];
  readonly state: readonly (() => readonly string[])[];
  readonly faults: readonly (() => readonly string[])[];
}

/** Runs in a frame: draws it after each change. */
function watch({ fields, state, faults }: Readers, every: boolean): void {
  const stateNow = (): readonly string[] => state.flatMap((read) => read());
  window.drawnWords = {};
  const before = stateNow();
  const oddNow = (now: readonly string[]): readonly string[] => [
    ...now.filter((line) => !before.includes(line)).map((line) => `new: ${line}`),
    ...before.filter((line) => !now.includes(line)).map((line) => `gone: ${line}`),
    ...(now.length === before.length ? [] : [`${String(now.length)} lines in place of ${String(before.length)}`]),
    ...faults.flatMap((read) => read()),
  ];
  let count = 0;
  const observer = new MutationObserver(() => {
    count += 1;
    const key = every ? String(count) : document.documentElement.lang;
    window.drawnWords[key] = { odd: oddNow(stateNow()), fields: fields() };
    // Its own twins are no news.
    observer.takeRecords();
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}

const list = (functions: readonly (() => unknown)[]): string => `[${functions.map(String).join()}]`;
const READERS = `{ fields: ${String(fieldsOf)}, state: ${list([shapeOf, bonesOf])}, faults: ${list([liesOf, tallOf])} }`;

/** An expression that begins to watch the frame that it is evaluated in, in whichever engine: the last of each language. */
export const WATCH_WORDS = `(${String(watch)})(${READERS}, false)`;

/** The same, and keeps all that was drawn. */
export const LOG_WORDS = `(${String(watch)})(${READERS}, true)`;

/** Runs in a frame: what stands there now. */
const read = ({ fields, state, faults }: Readers): string =>
  JSON.stringify({ fields: fields(), odd: [...state, ...faults].flatMap((each) => each()) });

/** An expression for what stands in a frame, with all that there is beside its words, as JSON of a `Drawn`. */
export const READ_WORDS = `(${String(read)})(${READERS})`;
