import { startCoordinator } from '../coordinator/start-coordinator.js';
import { cloisterAdapter } from '../vault/cloister/cloister-adapter.js';

// Named once: the site builder writes the configuration into this one place.
const config = __CLOISTER_CONFIG__;
startCoordinator(config, cloisterAdapter(config.vault));
