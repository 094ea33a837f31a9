import { fastify } from 'fastify';
import { addCloisterHeaders } from './cloister-headers.mjs';
import { forward, PORT } from './forward.mjs';

const app = fastify();
addCloisterHeaders(app);
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'string' }, async (_, body) => body);
app.all('/*', async ({ url, method, headers, body }, reply) => {
  const answer = await forward({ url, method, headers, body }, reply.scriptNonce);
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
});
await app.listen({ port: PORT, host: '127.0.0.1' });
console.log('ready');
