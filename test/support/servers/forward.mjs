/** Why this exists: three frameworks stand before the same shop; this asks it, and renders the nonce into its pages. */
const [, , port, upstream] = process.argv;

export const PORT = Number(port);

/** @returns {Promise<{ status: number, type: string, body: string }>} */
export async function forward({ url, method, body }, nonce = '{nonce}') {
  const sent = method === 'POST' ? { method, body } : { method };
  const answer = await fetch(`http://127.0.0.1:${upstream}${url}`, sent);
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? 'text/plain';
  return { status: answer.status, type, body: type.startsWith('text/html') ? text.replaceAll('{nonce}', nonce) : text };
}
