import { buildSite, siteHandler, withoutKeeping } from '@cloister/elements';
import type { CloisterConfig } from '@cloister/protocol';
import { openVault, REPORTS_ROUTE, type Vault } from '@cloister/vault';
import { listen, portFailure } from './net/listen.js';
import { LOOPBACK, portOf } from './net/loopback.js';
import { refusalTeller } from './refusals/refusal-teller.js';
import { keyFileOf } from './vault-folder.js';

/** What to start. */
export interface ServicesOptions {
  readonly config: CloisterConfig;
  /** Folder of the vault's database and key; `:memory:` forgets everything at the end. */
  readonly data: string;
  /** Name of the service account that a credential is made for, as it will stand in the audit log. */
  readonly account: string;
  /**
   * Hears in words what browsers refused on pages that report to `reportsAddress`: what, whose it is, what to change; each cause once.
   * Default: the vault takes no reports.
   */
  readonly refused?: (lines: readonly string[]) => void;
}

/** Where pages report to what browsers refuse there, if services were started with `refused`; nowhere where there is no vault. */
export const reportsAddress = ({ adapter, vault }: CloisterConfig): string | undefined =>
  adapter === 'memory' ? undefined : `${vault}${REPORTS_ROUTE}`;

/** How a backend reaches the vault. */
export interface VaultAccess {
  /** By address, because Node does not resolve `*.localhost`. */
  readonly url: string;
  /** Service credential; belongs to a backend and never into a page. */
  readonly credential: string;
}

/** A running vault and elements origin. */
export interface Services {
  /** Absent when the configuration's adapter keeps values in memory and needs no vault. */
  readonly vault: VaultAccess | undefined;
  readonly close: () => Promise<void>;
}

const CREDENTIAL_DAYS = 30;

/**
 * Starts the vault and the elements origin of a configuration on 127.0.0.1, on the ports that their origins name: for
 * development, examples and tests.
 *
 * @throws CliFailure `port` when a port is taken.
 *
 * Security: listens on loopback only; production runs the vault and serves the built frames on hosts of their own.
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { config } = options;
  const site = withoutKeeping(await buildSite(config));
  const elements = await listen(siteHandler(site), { host: LOOPBACK, port: portOf(config.elements) });
  if (config.adapter === 'memory') return { vault: undefined, close: elements.close };
  try {
    const { vault, access } = await startVault(options);
    return {
      vault: access,
      close: async () => {
        await Promise.all([elements.close(), vault.close()]);
      },
    };
  } catch (error) {
    await elements.close();
    throw error;
  }
}

async function startVault(options: ServicesOptions): Promise<{ readonly vault: Vault; readonly access: VaultAccess }> {
  const { config, data, account, refused } = options;
  const port = portOf(config.vault);
  const address = `${LOOPBACK}:${String(port)}`;
  const reports = refused === undefined ? {} : { reports: refusalTeller(config.elements, refused) };
  const vault = await openVault({ config, data, ...keyFileOf(process.env), allowedHosts: [address], ...reports });
  try {
    await vault.listen({ host: LOOPBACK, port });
    const { credential } = await vault.credentials.create({ name: account, days: CREDENTIAL_DAYS });
    return { vault, access: { url: `http://${address}`, credential } };
  } catch (error) {
    await vault.close();
    throw error instanceof Error ? portFailure(error, port) : error;
  }
}
