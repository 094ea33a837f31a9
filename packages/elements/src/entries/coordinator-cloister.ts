import { startCoordinator } from '../coordinator/start-coordinator.js';
import { cloisterAdapter } from '../vault/cloister/cloister-adapter.js';

startCoordinator(__CLOISTER_CONFIG__, cloisterAdapter(__CLOISTER_CONFIG__.vault));
