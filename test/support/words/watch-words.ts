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
    /** What was drawn, by the language that it was said in; the last of each. */
    drawnWords: Record<string, Drawn>;
    /** Draws by hand, where no language is said. */
    drawWords: () => Drawn;
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
function watch({ fields, state, faults }: Readers): void {
  const stateNow = (): readonly string[] => state.flatMap((read) => read());
  window.drawnWords = {};
  window.drawWords = () => ({ fields: [], odd: [] });
  const before = stateNow();
  const draw = (): Drawn => {
    const now = stateNow();
    const odd = [
      ...now.filter((line) => !before.includes(line)).map((line) => `new: ${line}`),
      ...before.filter((line) => !now.includes(line)).map((line) => `gone: ${line}`),
      ...(now.length === before.length ? [] : [`${String(now.length)} lines in place of ${String(before.length)}`]),
      ...faults.flatMap((read) => read()),
    ];
    return { fields: fields(), odd };
  };
  const observer = new MutationObserver(() => {
    window.drawnWords[document.documentElement.lang] = draw();
    // Its own twins are no news.
    observer.takeRecords();
  });
  window.drawWords = () => {
    const drawn = draw();
    observer.takeRecords();
    return drawn;
  };
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}

/** An expression that begins to watch the frame that it is evaluated in, in whichever engine. */
export const WATCH_WORDS = `(${String(watch)})({ fields: ${String(fieldsOf)}, state: [${String(shapeOf)}, ${String(
  bonesOf,
)}], faults: [${String(liesOf)}, ${String(tallOf)}] })`;
