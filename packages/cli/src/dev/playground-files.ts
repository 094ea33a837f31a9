import type { CloisterConfig, FieldType } from '@cloister/protocol';
import { SESSION_PATH } from './session-endpoint.js';

export const PLAYGROUND_STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 30rem; margin: 8vh auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; margin-bottom: 0.25rem; }
p { color: color-mix(in srgb, currentColor 75%, transparent); }
button { font: inherit; font-weight: 600; margin-top: 1rem; padding: 0.6rem 1.4rem; border: 0; border-radius: 0.5rem; background: #2f5bd3; color: #fff; }
button:disabled { opacity: 0.5; }
pre { overflow: auto; padding: 1rem; border-radius: 0.5rem; background: color-mix(in srgb, currentColor 8%, transparent); }
pre:empty { display: none; }
`;

const FORM = `<p>These fields live on another origin: this page cannot read them.</p>
<form id="form"><div id="fields"></div><button id="send" disabled>Get tokens</button></form>
<pre id="answer" aria-live="polite"></pre>
<script src="/cloister.js"></script>
<script src="/play.js"></script>`;

const INSTRUCTIONS = `<p>The vault, the frames and the session endpoint are running. To see a form here:</p>
<pre>npm install @cloister/bridge</pre>
<p>and start <code>cloister dev</code> again.</p>`;

/** The playground's document. */
export const playgroundPage = (hasBridge: boolean): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Cloister playground</title>
<link rel="stylesheet" href="/play.css">
<h1>Your first secure field</h1>
${hasBridge ? FORM : INSTRUCTIONS}
</html>
`;

const LABELS: Readonly<Record<FieldType, string>> = {
  'card-number': 'Card number',
  'card-expiry': 'Expiry date',
  'card-cvc': 'Security code',
  'person-name': 'Name',
  text: 'Text',
};

/** The playground's script: the first collection of the configuration as one frame. */
export function playgroundScript(config: CloisterConfig): string {
  const [collection, fields] = Object.entries(config.collections)[0] ?? ['', {}];
  const settings = {
    elements: config.elements,
    collection,
    layout: Object.keys(fields).map((field) => [field]),
    texts: Object.fromEntries(Object.entries(fields).map(([field, { type }]) => [field, { label: LABELS[type] }])),
  };
  return `const settings = ${JSON.stringify(settings)};
const answer = document.getElementById('answer');
const send = document.getElementById('send');
const cloister = Cloister.createCloister({
  elements: settings.elements,
  session: async (need) => {
    const response = await fetch('${SESSION_PATH}', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(need),
    });
    if (!response.ok) throw new Error('no session');
    return response.text();
  },
});
const form = cloister.collect(settings.collection);
const show = (value) => { answer.textContent = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2); };
form.on('change', (state) => { send.disabled = !state.complete; });
form.on('enter', () => document.getElementById('form').requestSubmit());
document.getElementById('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  try { show(await form.submit()); } catch (error) { show(error.code + ': ' + error.message); }
});
form.mount('#fields', { layout: settings.layout, texts: settings.texts }).catch((error) => show(error.code + ': ' + error.message));
`;
}
