import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cloisterHeaders } from './cloister-headers.mjs';
import { forward, PORT } from './forward.mjs';

const app = new Hono();
app.use(cloisterHeaders);
app.all('*', async (c) => {
  const { pathname, search } = new URL(c.req.url);
  const asked = { url: pathname + search, method: c.req.method, body: await c.req.text() };
  const { status, type, body } = await forward(asked, c.get('scriptNonce'));
  return new Response(body, { status, headers: { 'content-type': type } });
});
serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1' }, () => console.log('ready'));
