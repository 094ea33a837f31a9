/** Why this exists: three frameworks stand before the same shop; this asks it, and renders the nonce into its pages. */
import { request as ask } from 'node:http';

const [, , port, upstream] = process.argv;

export const PORT = Number(port);

/** What a shop needs of a request; the rest of it is the server's in front. */
const KEPT = ['host', 'cookie', 'content-type', 'origin'];

/** @returns {Promise<{ status: number, headers: Record<string, string | string[]>, body: string | Buffer }>} */
export async function forward({ url, method, headers, body }, nonce = '{nonce}') {
  const kept = Object.fromEntries(KEPT.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
  const answer = await new Promise((resolve, reject) => {
    const asked = ask({ host: '127.0.0.1', port: Number(upstream), path: url, method, headers: kept }, resolve);
    asked.on('error', reject).end(method === 'POST' ? body : undefined);
  });
  const chunks = [];
  for await (const chunk of answer) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = answer.headers['content-type'] ?? 'text/plain';
  const cookies = answer.headers['set-cookie'];
  return {
    status: answer.statusCode,
    headers: { 'content-type': type, ...(cookies === undefined ? {} : { 'set-cookie': cookies }) },
    body: type.startsWith('text/html') ? bytes.toString('utf8').replaceAll('{nonce}', nonce) : bytes,
  };
}
