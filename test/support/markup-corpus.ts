import fc from 'fast-check';

/** Markup that has broken sanitisers: mutation between parsers, clobbering, namespaces, odd encodings. */
export const HOSTILE_MARKUP: readonly string[] = [
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=seen()&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=seen()>',
  '<svg></p><style><a id="</style><img src=1 onerror=seen()>">',
  '<noscript><p title="</noscript><img src=x onerror=seen()>">',
  '<b><noembed><a title="</noembed><img src=x onerror=seen()>"></b>',
  '<svg><foreignObject><b id="x"><script>seen()</script></b></foreignObject></svg>',
  '<template><b><script>seen()</script></b></template>',
  '<b is="x-evil" onclick=seen()>b</b>',
  '<b style="background:url(//thief.localhost/x)">b</b>',
  '<em class="error" data-status="valid" aria-label="x" slot="x" part="x">e</em>',
  '<span id="config"><span name="location"></span></span>',
  '<a id="parentNode" name="attributes" href="javascript:seen()">a</a>',
  '<form id="document"><input name="cookie"><input name="attributes"><input name="childNodes"></form>',
  '<img name="body" src="/seen-image"><embed name="forms" src="/seen-embed"><object name="defaultView" data="/seen">',
  '<b>&lt;img src=x onerror=seen()&gt;</b>',
  '<b>\u0000<scr\u0000ipt>seen()</scr\u0000ipt></b>',
  '<b\u000conclick=seen()>x</b>',
  '<xmp><b></xmp><img src=x onerror=seen()>',
  '<plaintext><b onclick=seen()>',
  '<listing>&lt;img src=x onerror=seen()&gt;</listing>',
  '<select><option><b><style></option></select><img src=x onerror=seen()>',
  '<base href="//thief.localhost/"><b>x</b><meta http-equiv="refresh" content="0;url=//thief.localhost/">',
  '<link rel="stylesheet" href="//thief.localhost/x.css"><link rel="prefetch" href="/seen-prefetch">',
  '<video src="/seen-video" autoplay onplay=seen()><source src="/seen-source"></video><audio src="/seen-audio">',
  '<iframe srcdoc="<script>parent.seen()</script>"></iframe><portal src="/seen-portal"></portal>',
  '<details open ontoggle=seen()><summary>x</summary></details><marquee onstart=seen()>x</marquee>',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=seen()>#x"/></svg><svg><animate onbegin=seen() attributeName=x>',
  '<math href="javascript:seen()"><mi xlink:href="javascript:seen()">x</mi></math>',
  '<a href="&#106;avascript:seen()" ping="//thief.localhost/">x</a><area href="data:text/html,x">',
  '<button formaction="javascript:seen()" popovertarget="x" autofocus onfocus=seen()>x</button>',
  `${'<b>'.repeat(200)}deep${'</b>'.repeat(200)}<img src=x onerror=seen()>`,
  '<!DOCTYPE html><!--><img src=x onerror=seen()>--><![CDATA[<img src=x onerror=seen()>]]><?xml version="1.0"?>',
];

const TAGS = 'b i em strong br span svg math style script template form table noscript img a mtext title p'.split(' ');
const ATTRIBUTES = [
  'id=location',
  'name=cookie',
  'onclick=seen()',
  'style="color:red"',
  'href=javascript:seen()',
  'is=x',
  '',
];
const PIECES = [
  'text',
  '<!--',
  '-->',
  '&lt;',
  '&#x3c;',
  '</',
  '"',
  "'",
  '\u0000',
  ']]>',
  '<![CDATA[',
  '\u2028',
  '<',
  '>',
];

const opened = fc
  .tuple(fc.constantFrom(...TAGS), fc.constantFrom(...ATTRIBUTES))
  .map(([tag, attribute]) => `<${tag} ${attribute}>`);
const closed = fc.constantFrom(...TAGS).map((tag) => `</${tag}>`);
const fragment = fc.oneof(opened, closed, fc.constantFrom(...PIECES, ...HOSTILE_MARKUP.slice(0, 6)));

/** Soup of tags, attributes and broken pieces; the same for the same seed. */
export const markupSoup = (count: number, seed: number): readonly string[] =>
  fc.sample(
    fc.array(fragment, { minLength: 1, maxLength: 30 }).map((parts) => parts.join('').slice(0, 1900)),
    { numRuns: count, seed },
  );
