import type { CloisterConfig } from '@cloister/protocol';
import { openVault } from '../../support/product.js';
import { post } from '../../support/world.js';
import type { Lab } from '../lab/lab.js';

interface Need {
  readonly jkt: string;
  readonly purpose: 'collect' | 'reveal';
  readonly collection?: string;
  readonly tokens?: readonly string[];
}

/** Uses of one session: as many as are ever measured on one page. */
const USES = 20;

/** Starts Cloister's own vault, and the endpoint of a shop's backend that mints sessions. */
export async function startVault(lab: Lab, config: CloisterConfig): Promise<void> {
  const port = Number(new URL(config.vault).port);
  const vault = await openVault({ config, data: lab.folder });
  await vault.listen({ host: '127.0.0.1', port });
  lab.onClose(() => vault.close());
  const { credential } = await vault.credentials.create({ name: 'bench', days: 1 });
  const headers = { authorization: `Bearer ${credential}` };
  lab.shop.handle('/session', async (body) => {
    const { jkt, purpose, collection, tokens } = JSON.parse(body) as Need;
    const limits = { origin: lab.origins.shop, uses: USES, minutes: 5 };
    const grant =
      purpose === 'collect' ? { purpose, collection, ...limits } : { purpose, tokens, redaction: 'plain', ...limits };
    const answer = await post(port, '/v1/sessions', { headers, body: JSON.stringify({ thumbprint: jkt, grant }) });
    return (JSON.parse(answer.body) as { readonly token: string }).token;
  });
}
