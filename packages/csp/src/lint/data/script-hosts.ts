import type { HostRow, TableOrigin } from './hosts.js';

/**
 * Hosts that answer with somebody else's code: `jsonp`: a callback of the caller's choice; `gadget`: a library that makes code of
 * markup; `publisher`: anybody may put a file there; `tags`: what runs is chosen in a console, outside of the site's releases.
 */
export interface ScriptHost extends HostRow {
  readonly kind: 'jsonp' | 'gadget' | 'publisher' | 'tags';
  /** Where on the host; a source whose path does not meet it is none of this. */
  readonly path: string;
  /** How many folders deep everything is one publisher's own: a package, a bucket. */
  readonly depth: number;
}

export const SCRIPT_HOSTS_ORIGIN: TableOrigin = {
  source:
    'csp_evaluator 1.1.8, allow-list bypasses; “CSP Is Dead, Long Live CSP!” (Weichselbaum et al., CCS 2016); documentation of each host',
  date: '2026-11-22',
};

const jsonp = (host: string, path: string): ScriptHost => ({
  host,
  path,
  depth: 0,
  kind: 'jsonp',
  why: 'it answers with a function call whose name the address chooses (JSONP)',
});
const gadget = (host: string, path: string, library: string): ScriptHost => ({
  host,
  path,
  depth: 0,
  kind: 'gadget',
  why: `it serves ${library}, which makes code of markup`,
});
const publisher = (host: string, who: string, depth = 2): ScriptHost => ({
  host,
  path: '/',
  depth,
  kind: 'publisher',
  why: `it serves ${who}`,
});
const tags = (host: string): ScriptHost => ({
  host,
  path: '/',
  depth: 0,
  kind: 'tags',
  why: 'whoever may edit a container there decides what runs here',
});

export const SCRIPT_HOSTS: readonly ScriptHost[] = [
  jsonp('accounts.google.com', '/o/oauth2/revoke'),
  jsonp('www.google.com', '/tools/feedback/'),
  jsonp('cse.google.com', '/api/'),
  jsonp('maps.googleapis.com', '/maps/api/js/'),
  jsonp('translate.googleapis.com', '/translate_a/l'),
  jsonp('clients1.google.com', '/complete/search'),
  jsonp('www.youtube.com', '/'),
  jsonp('graph.facebook.com', '/'),
  jsonp('api.mixpanel.com', '/track/'),
  jsonp('public-api.wordpress.com', '/'),
  jsonp('vimeo.com', '/api/oembed.json'),
  jsonp('mc.yandex.ru', '/watch/'),
  jsonp('share.yandex.net', '/counter/'),
  jsonp('detector.alicdn.com', '/'),
  gadget('ajax.googleapis.com', '/ajax/libs/', 'old AngularJS'),
  gadget('cdnjs.cloudflare.com', '/ajax/libs/', 'old AngularJS and hundreds of other libraries'),
  gadget('code.angularjs.org', '/', 'AngularJS'),
  gadget('yastatic.net', '/angularjs/', 'old AngularJS'),
  gadget('www.gstatic.com', '/fsn/', 'a bundle with AngularJS'),
  gadget('oss.maxcdn.com', '/angularjs/', 'old AngularJS'),
  publisher('cdn.jsdelivr.net', 'every package of npm and every public repository of GitHub'),
  publisher('unpkg.com', 'every package of npm'),
  publisher('esm.sh', 'every package of npm'),
  publisher('esm.run', 'every package of npm'),
  publisher('cdn.skypack.dev', 'every package of npm'),
  publisher('ga.jspm.io', 'every package of npm'),
  publisher('jspm.dev', 'every package of npm'),
  publisher('cdn.statically.io', 'every public repository of GitHub'),
  publisher('rawcdn.githack.com', 'every public repository of GitHub'),
  publisher('raw.githack.com', 'every public repository of GitHub'),
  publisher('raw.githubusercontent.com', 'every public repository of GitHub'),
  publisher('gist.githubusercontent.com', 'every gist'),
  publisher('cdn.shopify.com', 'the files of every shop there'),
  publisher('storage.googleapis.com', 'every public bucket', 1),
  publisher('s3.amazonaws.com', 'every public bucket', 1),
  publisher('cdn.rawgit.com', 'files of public repositories'),
  tags('www.googletagmanager.com'),
  tags('tagmanager.google.com'),
  tags('tags.tiqcdn.com'),
  tags('assets.adobedtm.com'),
  tags('cdn.segment.com'),
  tags('.commander1.com'),
];
