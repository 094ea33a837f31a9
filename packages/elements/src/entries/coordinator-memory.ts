import { startCoordinator } from '../coordinator/start-coordinator.js';
import { memoryAdapter } from '../vault/memory/memory-adapter.js';

startCoordinator(__CLOISTER_CONFIG__, memoryAdapter());
