export { loadConfigFile, type LoadedConfig } from './config/load-config-file.js';
export type { ConfigFile } from './config/config-file.js';
export { CliFailure, type FailureCode } from './failure.js';
export { freePorts, listen, type Address, type Listening } from './net/listen.js';
export { reportsAddress, startServices, type Services, type ServicesOptions, type VaultAccess } from './services.js';
export { main } from './main.js';
export { processTerminal, stopped, type Terminal } from './terminal.js';
export { watchPage, type Watch, type Watched } from './watch/watch-page.js';
