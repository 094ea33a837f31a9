/** Names that are no input of the contract: what moves, hides, covers or replaces, and what names cannot be. */
export const FOREIGN_NAMES: readonly string[] = [
  ...'position inset top left zIndex z-index transform translate rotate scale zoom opacity visibility display'.split(
    ' ',
  ),
  ...'content filter backdropFilter clipPath mask mixBlendMode float order margin marginTop width height'.split(' '),
  ...'minWidth overflow overflowX textIndent textTransform direction writingMode unicodeBidi pointerEvents'.split(' '),
  ...'cursor caretColor webkitTextSecurity -webkit-text-security webkitTextFillColor webkitTextStroke'.split(' '),
  ...'webkitUserModify appearance background backgroundImage border borderImage outline listStyle font src'.split(' '),
  ...'fontFeatureSettings fontVariantNumeric wordSpacing whiteSpace textDecoration textShadow animation'.split(' '),
  ...'transition behavior MozBinding cssText all --x --color-text ::after ::placeholder :has(input) * html'.split(' '),
  ...'input::before .input body iframe toString constructor hasOwnProperty valueOf'.split(' '),
  'input, *',
  'input} * {',
  '',
];
