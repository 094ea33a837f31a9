import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collectorMetrics } from './metrics.js';
import { canary, digitsOf, forms } from './test-support/canary.js';
import { collecting, legacy, post, report, violation } from './test-support/reports.js';

/** Every field of every type that is read, each with a text. */
const url = 'https://shop.example/a';
const placed = { sourceFile: url, lineNumber: 1, columnNumber: 1 };
const bodies: readonly object[] = [
  violation({ sample: 'x', ...placed }),
  report('csp-hash', { documentURL: url, subresourceURL: url, hash: 'sha256-x', type: 'x', destination: 'x' }),
  report('integrity-violation', { documentURL: url, blockedURL: url, destination: 'x' }),
  report('coep', { type: 'x', blockedURL: url, destination: 'x', disposition: 'enforce' }),
  report('coop', { type: 'x', property: 'x', disposition: 'enforce', ...placed }),
  report('deprecation', { id: 'x', message: 'x', ...placed }),
  report('intervention', { id: 'x', message: 'x', ...placed }),
  report('permissions-policy-violation', { featureId: 'x', message: 'x', ...placed }),
];
const shapes = [
  ...bodies.map((body) => ({ body: [body], type: 'application/reports+json' })),
  { body: legacy({ 'source-file': url, 'script-sample': 'x' }), type: 'application/csp-report' },
];

/** What may stand around a number, among which are addresses of all kinds. */
const before = fc.oneof(
  fc.constantFrom(
    '',
    'https://shop.example/',
    'https://shop.example/?card=',
    'https://a',
    'data:,',
    'sha256-',
    "'nonce-",
  ),
  fc.string({ maxLength: 20 }),
);
const after = fc.oneof(fc.constantFrom('', '/', '.example/', '?', "' frame-src"), fc.string({ maxLength: 20 }));

/** Texts and names of a value that JSON made, each replaced once. */
function places(value: unknown): readonly ((put: string) => unknown)[] {
  if (typeof value === 'string') return [(put) => put];
  if (typeof value === 'number') return [(put) => Number(put.replaceAll(/\D/gu, '')), (put) => put];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) => places(item).map((place) => (put: string) => items.with(index, place(put))));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => [
    ...places(part).map((place) => (put: string) => ({ ...value, [key]: place(put) })),
    (put: string) => ({ ...value, [put]: part }),
  ]);
}

it('a card number is in nothing that is stored, wherever in a report it was and however it was written', async () => {
  const holes = shapes.flatMap(({ body, type }) => places(body).map((place) => ({ place, type })));
  expect(holes.length).toBeGreaterThan(100);
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...holes),
      canary,
      forms,
      before,
      after,
      async ({ place, type }, number, form, left, right) => {
        const { collector, lines } = collecting({ samples: true, userAgents: true, noise: [] });
        const request = post(JSON.stringify(place(left + form(number) + right)), {
          'content-type': type,
          'user-agent': number,
        });
        await collector.answer(request, number);
        kept += lines.length;
        const stored = [...lines, JSON.stringify(collector.groups()), collectorMetrics(collector.counts())];
        for (const text of stored) expect(digitsOf(text)).not.toContain(number);
      },
    ),
    { numRuns: 1500 },
  );
  // Else nothing was looked at.
  expect(kept).toBeGreaterThan(700);
});
