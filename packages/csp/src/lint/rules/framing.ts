import { isAnywhere } from '../ask.js';
import type { Item, Page } from '../page.js';
import { atDirective, atWord, type Hit, type PageCheck, type PolicyCheck, type Rule } from '../rule.js';

const MEANS: Readonly<Record<string, string>> = { DENY: "'none'", SAMEORIGIN: "'self'" };

/** HTML §7.5: the same word several times is one; different ones keep everybody out where any of them is known. */
function xFrameOptions({ input }: Page): string | undefined {
  const values = (input.headers?.['x-frame-options'] ?? '').split(',').map((value) => value.trim().toUpperCase());
  const all = [...new Set(values)].filter((value) => value !== '');
  if (all.length > 1 && all.some((value) => value in MEANS || value === 'ALLOWALL')) return 'DENY';
  return all.length === 0 ? undefined : all.join(', ');
}

const hasAncestors = ({ lists }: Item): boolean => lists.has('frame-ancestors');

/** What stands for the old header; markup cannot have it, so a person must send it. */
const missing: PageCheck = (page) => {
  const { enforced, items, main } = page;
  if (main === undefined || (enforced.length > 0 ? enforced : items).some(hasAncestors)) return [];
  const old = xFrameOptions(page);
  const words = [old === 'DENY' ? "'none'" : "'self'"];
  const message =
    old === 'DENY' || old === 'SAMEORIGIN'
      ? `There is no frame-ancestors; X-Frame-Options ${old} does its work, but cannot name sites.`
      : 'There is no frame-ancestors, and default-src does not stand in for it.';
  const change = main.of === 'meta' ? undefined : ({ op: 'ensure', directive: 'frame-ancestors', words } as const);
  return [{ item: main, directive: 'frame-ancestors', message, change }];
};

const open: PolicyCheck = ({ lists }) =>
  (lists.get('frame-ancestors')?.words ?? [])
    .filter(({ source }) => isAnywhere(source))
    .slice(0, 1)
    .map((listed) => atWord(listed, `${listed.word.text} in frame-ancestors lets any site frame the page.`));

const conflict: PageCheck = (page) => {
  const old = xFrameOptions(page);
  const means = old === undefined ? undefined : MEANS[old];
  return page.enforced.filter(hasAncestors).flatMap((item): readonly Hit[] => {
    const list = item.lists.get('frame-ancestors');
    if (means === undefined || list === undefined) return [];
    const words = list.words.map(({ word }) => word.text.toLowerCase());
    if (words.length === 1 && words[0] === means) return [];
    const message = `X-Frame-Options ${old ?? ''} and frame-ancestors differ, and browsers follow frame-ancestors.`;
    return [{ ...atDirective(list.directive, message), item }];
  });
};

const obsolete: PageCheck = (page) => {
  const old = xFrameOptions(page);
  if (old === undefined || old in MEANS) return [];
  return [
    {
      directive: 'frame-ancestors',
      message: 'The value of X-Frame-Options is neither DENY nor SAMEORIGIN, so browsers read over it.',
    },
  ];
};

const KEEPS_FRAMES_OUT = new Set(['require-corp', 'credentialless']);

const embedder: PageCheck = ({ input }) => {
  const value = input.headers?.['cross-origin-embedder-policy']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const [frame] = input.needs?.frames ?? [];
  if (frame === undefined || !KEEPS_FRAMES_OUT.has(value)) return [];
  return [
    {
      directive: 'frame-src',
      word: frame,
      message: `Cross-Origin-Embedder-Policy ${value} lets ${frame} in only if it sends Cross-Origin-Embedder-Policy and Cross-Origin-Resource-Policy too.`,
    },
  ];
};

const WANTED = ['allow-scripts', 'allow-same-origin'];

/** A sandbox is handed on to all frames within (HTML §7.1.5). */
const sandbox: PolicyCheck = ({ policy, disposition }, { input }) =>
  (input.needs?.frames ?? []).length === 0 || disposition === 'report'
    ? []
    : policy.directives
        .filter(({ name, ignored }) => name === 'sandbox' && ignored === undefined)
        .flatMap((directive) => {
          const lacking = WANTED.filter((wanted) => !directive.words.some(({ text }) => text.toLowerCase() === wanted));
          return lacking.length === 0
            ? []
            : [
                atDirective(
                  directive,
                  `sandbox without ${lacking.join(' and ')} holds for frames too, which then cannot work.`,
                ),
              ];
        });

export const framing = {
  'missing-frame-ancestors': {
    severity: 'medium',
    scope: 'page',
    title: 'No frame-ancestors',
    explanation: 'default-src does not stand in for frame-ancestors, and a <meta> cannot have it.',
    attack: 'Any site frames the page and has the customer click on what it hides.',
    source: 'CSP3 §6.4.2; MDN frame-ancestors',
    check: missing,
  },
  'open-frame-ancestors': {
    severity: 'medium',
    scope: 'policy',
    closable: true,
    title: 'Any site may frame the page',
    explanation: 'A star or a bare scheme in frame-ancestors is the same as none.',
    attack: 'Any site frames the page and has the customer click on what it hides.',
    source: 'CSP3 §6.4.2',
    check: open,
  },
  'x-frame-options-differ': {
    severity: 'low',
    scope: 'page',
    title: 'X-Frame-Options says something else',
    explanation: 'Where a policy with frame-ancestors is enforced, browsers do not ask X-Frame-Options.',
    attack: 'None in today’s browsers; who reads the one header believes in a protection that the other decides.',
    source: 'CSP3 §6.4.2.2; HTML §7.5',
    check: conflict,
  },
  'x-frame-options-obsolete': {
    severity: 'medium',
    scope: 'page',
    title: 'X-Frame-Options that means nothing',
    explanation: 'ALLOW-FROM and lists are read over; frame-ancestors is what names sites.',
    attack: 'Any site frames the page, where no frame-ancestors is there.',
    source: 'HTML §7.5; MDN X-Frame-Options',
    check: obsolete,
  },
  'embedder-policy': {
    severity: 'note',
    scope: 'page',
    title: 'COEP and frames of others',
    explanation: 'A page that is isolated takes only frames that agree to it by their own headers.',
    attack: 'None: the frame stays empty.',
    source: 'HTML §7.1.4',
    check: embedder,
  },
  'sandbox-breaks-frames': {
    severity: 'medium',
    scope: 'policy',
    title: 'A sandbox that holds for the frames too',
    explanation: 'Frames within a sandboxed page are sandboxed alike, so they lose their origin or their scripts.',
    attack: 'None: the fields do not work.',
    source: 'HTML §7.1.5; CSP3 §6.3.3',
    check: sandbox,
  },
} as const satisfies Readonly<Record<string, Rule>>;
