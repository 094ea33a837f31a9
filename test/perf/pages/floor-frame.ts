/**
 * The least code that still keeps values off the page: it stands in its own document, makes inputs, groups the digits of the
 * first, tells the page when a state changed, and swaps values for tokens by itself. No style, no validation, no errors, no
 * accessibility, no proof of anything: a limit, not a product.
 */
declare const HOST: string;
declare const VAULT: string;

interface Wire {
  readonly id: number;
  readonly submit?: true;
  readonly tokens?: readonly string[];
}

const [, kind = 'c', count = '1'] = /^#([cv])(\d+)/u.exec(location.hash) ?? [];
let port: MessagePort | undefined;

for (let index = 0; index < Number(count); index += 1) {
  const field = document.createElement(kind === 'c' ? 'input' : 'p');
  document.body.append(field);
  if (!(field instanceof HTMLInputElement)) continue;
  let told = 0;
  field.oninput = () => {
    if (index === 0) field.value = field.value.replace(/ /gu, '').replace(/(\d{4})(?=\d)/gu, '$1 ');
    const state = field.value === '' ? 0 : field.value.length < 19 ? 1 : 2;
    if (state !== told) port?.postMessage({ index, state });
    told = state;
  };
}

/** Frames beside this one of the same origin; the page's numbered frames are all ours. */
const all = (selector: string): readonly HTMLElement[] =>
  Array.from({ length: parent.frames.length }, (_, index) => [
    ...(parent.frames[index]?.document.querySelectorAll<HTMLElement>(selector) ?? []),
  ]).flat();

/** Neither a custom header nor JSON's media type: no preflight (Fetch §4.1). */
const ask = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${VAULT}${path}`, { method: 'POST', body: JSON.stringify(body) });
  return (await answer.json()) as Record<string, unknown>;
};

const submit = async (): Promise<unknown> => {
  const fields = all('input').map((input, index) => [`f${String(index)}`, (input as HTMLInputElement).value] as const);
  return (await ask('/v1/records', { values: Object.fromEntries(fields) }))['tokens'];
};

const reveal = async (tokens: readonly string[]): Promise<unknown> => {
  const { values } = (await ask('/v1/reveal', { tokens })) as { readonly values: readonly { readonly text: string }[] };
  for (const [index, place] of all('p').entries()) place.textContent = values[index]?.text ?? '';
  return values.length;
};

const act = async ({ data }: MessageEvent<Wire>): Promise<void> => {
  const { id, tokens } = data;
  port?.postMessage({ id, result: await (tokens === undefined ? submit() : reveal(tokens)) });
};

window.onmessage = ({ source, origin, ports }) => {
  if (source !== parent || origin !== HOST || ports[0] === undefined) return;
  port = ports[0];
  port.onmessage = (event: MessageEvent<Wire>) => void act(event);
};

/** Again and again until it is answered, because a frame in the page's own markup may be there before the SDK. */
const greet = (): void => {
  if (port !== undefined) return;
  parent.postMessage('ready', HOST);
  setTimeout(greet, 20);
};
greet();
