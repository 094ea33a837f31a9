import type { World } from './world.js';

/** What a page's bridge asks its backend for. */
export interface Need {
  readonly jkt: string;
  readonly purpose: string;
  readonly tokens?: readonly string[];
}

/**
 * A backend endpoint of the shop that grants what the test says, whatever it was asked for.
 *
 * @returns its path.
 */
export function serveSession(world: World, path: string, grant: (need: Need) => object): string {
  return world.hosts.serve(path, {
    type: 'text/plain',
    handle: async (_, body) => {
      const need = JSON.parse(body) as Need;
      const answer = await world.mint({ thumbprint: need.jkt, grant: grant(need) });
      if (answer.status !== 201) throw new Error(`the vault minted no session: ${answer.body}`);
      return { status: 200, body: (JSON.parse(answer.body) as { token: string }).token };
    },
  });
}
