import { apache } from './apache.js';
import { caddy } from './caddy.js';
import { cloudflarePages } from './cloudflare-pages.js';
import { cloudflareWorker } from './cloudflare-worker.js';
import type { Emitter } from './emitter.js';
import { express } from './express.js';
import { fastify } from './fastify.js';
import { hono } from './hono.js';
import { json } from './json.js';
import { meta } from './meta.js';
import { netlify, netlifyToml } from './netlify.js';
import { next } from './next.js';
import { nginx } from './nginx.js';
import { vercel } from './vercel.js';

/** All targets, in the order in which people read them. */
export const EMITTERS: readonly Emitter[] = [
  nginx,
  apache,
  caddy,
  express,
  fastify,
  hono,
  next,
  netlify,
  netlifyToml,
  vercel,
  cloudflarePages,
  cloudflareWorker,
  meta,
  json,
];

/** The emitter of that id; `undefined` where there is none. */
export const emitterOf = (id: string): Emitter | undefined => EMITTERS.find((emitter) => emitter.id === id);
