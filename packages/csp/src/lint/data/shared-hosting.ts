import type { TableOrigin } from './hosts.js';

export const SHARED_HOSTING_ORIGIN: TableOrigin = {
  source: 'Public Suffix List (publicsuffix.org), private section, and the documentation of each service',
  date: '2026-11-22',
};

/** Names below which anybody can have one of their own, so that a star before them lets everybody in. */
export const SHARED_HOSTING: ReadonlySet<string> = new Set([
  'akamaized.net',
  'amazonaws.com',
  'appspot.com',
  'azureedge.net',
  'azurefd.net',
  'azurestaticapps.net',
  'azurewebsites.net',
  'b-cdn.net',
  'bitbucket.io',
  'blob.core.windows.net',
  'blogspot.com',
  'cloudapp.azure.com',
  'cloudapp.net',
  'cloudflare.net',
  'cloudfront.net',
  'cloudfunctions.net',
  'core.windows.net',
  'deno.dev',
  'digitaloceanspaces.com',
  'edgekey.net',
  'elasticbeanstalk.com',
  'fastly.net',
  'firebaseapp.com',
  'firebaseio.com',
  'fly.dev',
  'freetls.fastly.net',
  'github.io',
  'githubusercontent.com',
  'gitlab.io',
  'glitch.me',
  'global.ssl.fastly.net',
  'googleusercontent.com',
  'herokuapp.com',
  'hf.space',
  'myshopify.com',
  'netlify.app',
  'ngrok-free.app',
  'ngrok.io',
  'onrender.com',
  'pages.dev',
  'r2.dev',
  'readthedocs.io',
  'replit.app',
  's3.amazonaws.com',
  'run.app',
  'storage.googleapis.com',
  'supabase.co',
  'surge.sh',
  'translate.goog',
  'trycloudflare.com',
  'vercel.app',
  'web.app',
  'web.core.windows.net',
  'webflow.io',
  'weebly.com',
  'wixsite.com',
  'wordpress.com',
  'workers.dev',
  'wpengine.com',
]);

/** Regions of Amazon's buckets, load balancers and functions have names of their own. */
const AMAZON = /^(?:s3|s3-website|elb|execute-api|lambda-url)(?:[.-][\da-z-]+)?\.(?:amazonaws\.com|on\.aws)$/u;

/** Endings below which registries give names to anybody: a short list, for the star before a whole country is rare. */
const REGISTRY: ReadonlySet<string> = new Set([
  'co.uk',
  'org.uk',
  'com.au',
  'co.jp',
  'com.br',
  'co.in',
  'co.nz',
  'com.mx',
  'com.tr',
  'co.za',
  'com.cn',
  'co.kr',
  'com.sg',
]);

/** Whether everybody can have a name below this one. */
export const isShared = (name: string): boolean => SHARED_HOSTING.has(name) || AMAZON.test(name);

/** Whether it is the end of names of all kinds of people: `com`, `co.uk`. */
export const isEnding = (name: string): boolean => !name.includes('.') || REGISTRY.has(name);
