import type { World } from '../world.js';

/** An address of a thief, and how often it was asked for; every engine reaches the same server. */
export interface Trap {
  readonly url: string;
  readonly hits: readonly string[];
}

/** Sets a trap under a path of `thief.localhost`; it answers to everybody. */
export function setTrap(world: World, path: string): Trap {
  const hits: string[] = [];
  world.hosts.serve(path, {
    headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' },
    handle: async ({ method = '', url = '' }, body) => {
      hits.push(`${method} ${url} ${body}`);
      return { status: 200, body: '' };
    },
  });
  return { url: `${world.hosts.origin('thief')}${path}`, hits };
}
