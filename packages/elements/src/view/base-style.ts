/** Colours of a dark page; used twice below. */
const DARK = `--color-primary:#7db1ff;--color-text:#f2f4f8;--color-muted:#a7afbd;--color-background:#181b21;
--color-border:#666f80;--color-danger:#ff8a94;color-scheme:dark`;

/**
 * The look that all documents and themes start from. Our own constant text, adopted as a constructable stylesheet: works
 * under a policy without `'unsafe-inline'`. Logical properties only, so that right-to-left pages need nothing more; but the
 * badge stands behind digits, which run from left to right on every page. Borders have a contrast of 3:1 (WCAG 1.4.11).
 *
 * A field, and the box of its input, are cut off at their own edge, so that no shadow or word covers another; so are words, for
 * there are letters that climb any distance out of their line, and an input may be transparent. What the badge takes of an input
 * is the same in every look (A37); a field that is too narrow for both a number of sixteen digits and the badge has no badge.
 *
 * Invariant: no rule makes the size of anything depend on what was typed or is shown (A31).
 */
export const BASE_STYLE = `
:root{--color-primary:#0b63e5;--color-text:#1a1c20;--color-muted:#5b616b;--color-background:#fff;
--color-border:#868c98;--color-danger:#c0182a;--font-family:system-ui,sans-serif;--font-size:16px;
--font-weight:400;--border-radius:8px;--border-width:1px;--padding:12px;--gap:12px;color-scheme:light;
--ring:color-mix(in srgb,var(--color-primary) 30%,transparent)}
:root[data-scheme=dark]{${DARK}}
@media (prefers-color-scheme:dark){:root[data-scheme=auto]{${DARK}}}
*{box-sizing:border-box;margin:0}
html,body{overflow:hidden}
body{font:var(--font-weight) var(--font-size) var(--font-family);color:var(--color-text);-webkit-text-size-adjust:100%}
.row{display:flex;gap:var(--gap)}
.row+.row{margin-block-start:var(--gap)}
.field{flex:1 1 0;min-inline-size:0;overflow:clip;overflow-wrap:anywhere}
.label{display:block;margin:0 3px 6px;font-size:.875em;overflow:clip;overflow-clip-margin:3px}
`;

/** What a collect document adds. */
export const COLLECT_STYLE = `${BASE_STYLE}
.box{position:relative;display:block;padding:3px;overflow:clip}
.input{display:block;inline-size:100%;font:inherit;line-height:1.4;padding:var(--padding);color:inherit;
background-color:var(--color-background);border:var(--border-width) solid var(--color-border);
border-radius:var(--border-radius);appearance:none;outline:none}
.input::placeholder{color:var(--color-muted);opacity:1}
.input:hover{border-color:var(--color-muted)}
.input:focus{border-color:var(--color-primary);box-shadow:0 0 0 3px var(--ring)}
.input[aria-invalid=true]{border-color:var(--color-danger)}
.digits{font-variant-numeric:tabular-nums}
.with-icon{padding-inline-end:6rem!important}
.input:-webkit-autofill{-webkit-text-fill-color:var(--color-text);box-shadow:0 0 0 100px var(--color-background) inset}
.icon{position:absolute;inset-block:0;right:13px;direction:ltr;inline-size:6.3em;display:flex;align-items:center;
justify-content:end;overflow:clip;font-size:.8125rem!important;font-weight:600;color:var(--color-muted);pointer-events:none}
.field{container-type:inline-size}
@container (width<18em){.icon{display:none}.with-icon{padding-inline-end:var(--padding)!important}}
.help,.error{margin:4px 3px 0;font-size:.8125em;line-height:1.35;overflow:clip;overflow-clip-margin:3px}
.help{color:var(--color-muted)}
.help:empty{display:none}
.error{min-block-size:1.35em;color:var(--color-danger)}
:root[data-theme=underline] .input{border-width:0 0 var(--border-width);border-radius:0;padding-inline:2px}
:root[data-theme=bare] .input:not(:focus,[aria-invalid=true]){border-color:transparent}
@media print{.input{visibility:hidden}}
@media (forced-colors:active){.input:focus{outline:2px solid Highlight}}
`;

/** What a reveal document adds. */
export const REVEAL_STYLE = `${BASE_STYLE}
.value-row{display:flex;align-items:center;gap:8px;margin:3px;padding:var(--padding);
border:var(--border-width) solid var(--color-border);border-radius:var(--border-radius);background-color:var(--color-background)}
:root[data-theme=underline] .value-row{border-width:0 0 var(--border-width);border-radius:0;padding-inline:2px}
:root[data-theme=bare] .value-row{border-color:transparent}
.value{flex:1 0 60%;min-inline-size:0;block-size:1.5em;line-height:1.5;overflow:auto hidden;white-space:nowrap;
scrollbar-width:none;padding-inline:2px!important;font-variant-numeric:tabular-nums;user-select:none;-webkit-user-select:none}
.value[data-status=hidden]{color:var(--color-muted)}
.value[data-status=failed]{color:var(--color-danger)}
.button{flex:0 1 auto;min-inline-size:0;font:inherit;font-size:.8125em;padding:4px 10px;margin-block:-4px;color:var(--color-primary);background:transparent;
border:1px solid;border-radius:var(--border-radius);cursor:pointer}
.button:focus-visible{outline:3px solid var(--ring)}
.button[disabled]{visibility:hidden}
.spoken{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media print{.value{visibility:hidden}}
`;
