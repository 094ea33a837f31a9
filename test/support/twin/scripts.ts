import type { Stage } from '../stage.js';
import type { Scene } from './visits.js';

/** What is done with one field of a form that is mounted and empty, the same for every secret; leaves it empty. */
export type FieldScript = (stage: Stage, field: string, secret: string) => Promise<void>;

const half = (secret: string): readonly [string, string] => {
  const keys = Array.from(secret);
  const middle = Math.floor(keys.length / 2);
  return [keys.slice(0, middle).join(''), keys.slice(middle).join('')];
};

/** The secret with its last key mistyped: digits by one, letters by the next. */
function slipOf(secret: string): string {
  const last = secret.at(-1) ?? '';
  const slip = /\d/u.test(last) ? String((Number(last) + 1) % 10) : String.fromCharCode(last.charCodeAt(0) + 1);
  return `${secret.slice(0, -1)}${slip}`;
}

/** Types half of the secret, lets something happen, and types the rest. */
const interrupted =
  (happens: (stage: Stage, field: string) => Promise<void>): FieldScript =>
  async (stage, field, secret) => {
    const [first, rest] = half(secret);
    await stage.focus(field);
    await stage.burst(first);
    await happens(stage, field);
    await stage.burst(rest);
    await stage.leave();
  };

/** Every way to use a field; each is played with every type that there is (`visits.ts`). */
export const SCRIPTS: Readonly<Record<string, FieldScript>> = {
  'typed key by key': async (stage, field, secret) => {
    await stage.type(field, secret);
    await stage.leave();
  },
  'a typing error corrected': async (stage, field, secret) => {
    await stage.focus(field);
    await stage.burst(slipOf(secret));
    await stage.leave();
    await stage.focus(field);
    await stage.press('End', 'Backspace', secret.slice(-1));
    await stage.leave();
  },
  pasted: async (stage, field, secret) => {
    await stage.insert(field, secret);
    await stage.leave();
  },
  'asked and redressed by the page at every key': async (stage, field, secret) => {
    await stage.focus(field);
    for (const key of secret) {
      await stage.page.keyboard.type(key);
      await stage.act(
        'asked',
        async (name) => {
          await window.form.validate();
          window.form.field(name).update({ placeholder: 'x', help: 'y' });
        },
        field,
      );
    }
    await stage.leave();
  },
  'mounted anew while it is typed, right to left': async (stage, field, secret) => {
    const [first] = half(secret);
    await stage.focus(field);
    await stage.burst(first);
    await stage.remount(field, 'rtl');
    await stage.focus(field);
    await stage.burst(secret);
    await stage.leave();
    await stage.remount(field, 'ltr');
  },
  // One change at a time, by whole pixels: what the browser lays out on the way between two is chance.
  'in a frame that is resized and zoomed': interrupted(async (stage) => {
    for (const [name, value] of [
      ['width', '300px'],
      ['zoom', '2'],
      ['zoom', '1'],
      ['width', ''],
    ] as const)
      await stage.act(
        `${name} ${value}`,
        ([property, amount]) => document.getElementById('form')?.style.setProperty(property, amount),
        [name, value] as const,
      );
  }),
  'its focus moved by the page': interrupted(async (stage, field) => {
    await stage.act('blur', (name) => window.form.field(name).blur(), field);
    await stage.act('focus', (name) => window.form.field(name).focus(), field);
    await stage.act('steal', () => document.getElementById('before')?.focus());
    await stage.act('give back', (name) => window.form.field(name).focus(), field);
  }),
  'cleared and reset': async (stage, field, secret) => {
    const [first] = half(secret);
    await stage.focus(field);
    await stage.burst(first);
    await stage.act('clear', (name) => window.form.field(name).clear(), field);
    await stage.burst(secret);
    await stage.leave();
    await stage.act('reset', () => window.form.reset());
  },
  'with Enter, Escape and undo': async (stage, field, secret) => {
    await stage.focus(field);
    await stage.burst(secret);
    await stage.press('Enter', 'Escape', 'Control+z', 'Control+Shift+z', 'Home', 'End');
    await stage.leave();
  },
};

/** Plays a scene, and empties the field for the next. */
export async function playScene(stage: Stage, { type, script }: Scene, secret: string): Promise<void> {
  await SCRIPTS[script]?.(stage, type, secret);
  await stage.act('clear for the next', (name) => window.form.field(name).clear(), type);
}
