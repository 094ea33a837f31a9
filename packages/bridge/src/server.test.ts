import { expect, it } from 'vitest';
import * as bridge from './index.js';

it('can be imported where there is no document, and says so when it is used there', () => {
  expect('document' in globalThis).toBe(false);
  expect(() => bridge.createCloister({ elements: 'https://elements.example', session: () => '' })).toThrow(
    'Cloister: createCloister needs a document: call it in the browser',
  );
});
