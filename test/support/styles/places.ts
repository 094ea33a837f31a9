import { appearancePart, appearanceProperty, appearanceState, appearanceVariable } from '@cloister/protocol';

/** Where a value of an appearance stands: the steps of its JSON Pointer. */
export type Place = readonly string[];

const namesOf = (schema: object): readonly string[] => {
  const names: unknown = Reflect.get(schema, 'values');
  if (!Array.isArray(names)) throw new TypeError('not a list of names');
  return names.map(String);
};

export const VARIABLES = namesOf(appearanceVariable);
export const PARTS = namesOf(appearancePart);
export const STATES = namesOf(appearanceState);
export const PROPERTIES = namesOf(appearanceProperty);

const SPOTS = PARTS.flatMap((part) => STATES.map((state) => [part, state] as const));

/** One value at one place. */
export interface StyleTry {
  readonly place: Place;
  readonly value: string;
}

/**
 * Each value at every variable and every property. Which part and state a property is tried at goes round, so that over the
 * corpus every part, state and property of the contract meets some of the values; a frame checks them all alike.
 */
export function everywhere(values: readonly string[]): readonly StyleTry[] {
  return values.flatMap((value, row) => [
    ...VARIABLES.map((name) => ({ place: ['variables', name], value })),
    ...PROPERTIES.map((property, column) => {
      const [part, state] = SPOTS[(row * PROPERTIES.length + column * 5 + row) % SPOTS.length] ?? ['input', 'base'];
      return { place: ['rules', part, state, property], value };
    }),
  ]);
}

export const pointerOf = (place: Place): string => `/${place.join('/')}`;

/** An appearance as plain data. */
interface Nest {
  [name: string]: string | Nest;
}

/** The appearance that has these values at these places. */
export function appearanceOf(tries: readonly StyleTry[]): Nest {
  const whole: Nest = {};
  for (const { place, value } of tries) {
    let at = whole;
    for (const step of place.slice(0, -1)) {
      const next = at[step];
      const made: Nest = typeof next === 'object' ? next : {};
      at[step] = made;
      at = made;
    }
    at[place.at(-1) ?? ''] = value;
  }
  return whole;
}

/** The looks that a value makes where it was taken: each part in turn, and all of them at once. */
export function looksOf(value: string, taken: readonly Place[]): readonly Nest[] {
  const properties = [...new Set(taken.filter(([kind]) => kind === 'rules').map((place) => place.at(-1) ?? ''))];
  const variables = taken.filter(([kind]) => kind === 'variables').map((place) => ({ place, value }));
  const rules = PARTS.flatMap((part) =>
    properties.map((property) => ({ place: ['rules', part, 'base', property], value })),
  );
  return [appearanceOf(variables), appearanceOf([...variables, ...rules])];
}
