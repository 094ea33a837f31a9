import { expect, it } from 'vitest';
import { keptFile } from '../../support/kept-file.js';
import { readVectors } from '../../support/vectors/read-vectors.js';
import { renderPage } from '../../support/vectors/render-page.js';
import { runVectors } from '../../support/vectors/run-vectors.js';

it('docs/security/vectors.md says what a run of the vectors finds', async () => {
  const suites = await readVectors();
  const page = renderPage(suites, await runVectors(suites, crypto.subtle));
  const { kept, made } = await keptFile('docs/security/vectors.md', page);
  expect(kept).toBe(made);
});
