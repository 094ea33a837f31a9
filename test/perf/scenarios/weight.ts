import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { Exchange } from '../lab/traffic.js';
import type { Served } from '../lab/lab.js';
import { inFreshPage } from '../measure/browser.js';
import { visit, type Visit } from '../measure/visit.js';
import type { Sample } from '../results.js';
import type { Bench, Scenario } from '../scenario.js';

const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = { gzip: gunzipSync, br: brotliDecompressSync };
const ENCODERS = {
  gzip: (body: Buffer) => gzipSync(body, { level: 9 }),
  brotli: (body: Buffer) => brotliCompressSync(body),
};

/** Kilobytes of bodies, each compressed by itself as a server would. */
function weigh(exchanges: readonly Exchange[], encode: (body: Buffer) => Buffer): number {
  const plain = exchanges.map(({ body, encoding }) => DECODERS[encoding]?.(body) ?? body);
  return plain.filter((body) => body.byteLength > 0).reduce((sum, body) => sum + encode(body).byteLength, 0) / 1000;
}

const sentFrom = (server: string, { untilReady, afterwards }: Visit): readonly Exchange[] =>
  [...untilReady, ...afterwards].filter((exchange) => exchange.server === server);

const cold = ({ browser, lab }: Bench, adapter: Served, count: number): Promise<Visit> =>
  inFreshPage(browser, (page) => visit(lab, page, { adapter, purpose: { count, kind: 'card' } }));

function figuresOf(one: Visit, four: Visit, name: keyof typeof ENCODERS): Sample {
  const encode = ENCODERS[name];
  const isHidden = ({ path }: Exchange): boolean => one.hidden.includes(path);
  const first = sentFrom('elements', one);
  return {
    [`page, ${name}`]: weigh(sentFrom('shop', one), encode),
    [`first frame, ${name}`]: weigh(
      first.filter((exchange) => !isHidden(exchange)),
      encode,
    ),
    [`hidden frames, ${name}`]: weigh(first.filter(isHidden), encode),
    [`each further frame, ${name}`]: (weigh(sentFrom('elements', four), encode) - weigh(first, encode)) / 3,
  };
}

/** What a first visit carries over the network, in kilobytes: nothing that a cache has is counted twice. */
export const weight: Scenario = {
  name: 'weight',
  adapters: ['floor-frames', 'floor-frame', 'cloister-frames', 'cloister-frame'],
  rounds: 1,
  warmUp: false,
  sample: async (bench, adapter) => {
    const one = await cold(bench, adapter, 1);
    const four = await cold(bench, adapter, 4);
    return { ...figuresOf(one, four, 'gzip'), ...figuresOf(one, four, 'brotli') };
  },
};
