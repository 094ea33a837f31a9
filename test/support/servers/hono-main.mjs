import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cloisterHeaders } from './cloister-headers.mjs';
import { forward, PORT } from './forward.mjs';

const app = new Hono();
app.use(cloisterHeaders);
app.all('*', async (c) => {
  const { pathname, search } = new URL(c.req.url);
  const headers = Object.fromEntries(c.req.raw.headers);
  const asked = { url: pathname + search, method: c.req.method, headers, body: await c.req.text() };
  const answer = await forward(asked, c.get('scriptNonce'));
  const pairs = Object.entries(answer.headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return new Response(answer.body, { status: answer.status, headers: pairs });
});
serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1' }, () => console.log('ready'));
