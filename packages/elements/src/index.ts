export { buildSite, withoutKeeping, type Site, type SiteFile } from './site/build-site.js';
export { HEADERS_FILE, writeSite } from './site/write-site.js';
export { siteHandler } from './site/site-handler.js';
export { contentSecurityPolicy, documentHeaders, scriptHeaders } from './site/headers.js';
export { ROLES, type DocumentRole, type RoleRule } from './site/roles.js';
export {
  digestOf,
  parseManifest,
  releaseManifest,
  type BridgeScript,
  type Digest,
  type Release,
  type ReleaseManifest,
} from './site/manifest.js';
