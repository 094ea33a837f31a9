import express from 'express';
import { cloisterHeaders } from './cloister-headers.mjs';
import { forward, PORT } from './forward.mjs';

const app = express();
app.use(cloisterHeaders);
app.use(express.text({ type: () => true }));
app.use(async ({ originalUrl, method, headers, body }, response) => {
  const answer = await forward({ url: originalUrl, method, headers, body }, response.locals.scriptNonce);
  response.status(answer.status).set(answer.headers).send(answer.body);
});
app.listen(PORT, '127.0.0.1', () => console.log('ready'));
