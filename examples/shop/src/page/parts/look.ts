import type { Appearance } from '@cloister/bridge';

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const LIGHT: Appearance = {
  theme: 'outline',
  colorScheme: 'light',
  variables: {
    colorPrimary: '#1f4d43',
    colorText: '#26211b',
    colorMuted: '#6c6459',
    colorBackground: '#ffffff',
    colorBorder: '#cfc4b2',
    colorDanger: '#a3302a',
    fontFamily: SANS,
    fontSize: '16px',
    borderRadius: '12px',
    gap: '16px',
  },
};

const DARK: Appearance = {
  theme: 'outline',
  colorScheme: 'dark',
  variables: {
    ...LIGHT.variables,
    colorPrimary: '#e6ad66',
    colorText: '#f3ece1',
    colorMuted: '#b0a594',
    colorBackground: '#191612',
    colorBorder: '#4d4538',
    colorDanger: '#ff9c8f',
  },
};

/** On the coloured card of "My cards", in both schemes. */
export const ON_CARD: Appearance = {
  theme: 'bare',
  colorScheme: 'dark',
  variables: {
    colorPrimary: '#f6cf8f',
    colorText: '#fbf6ec',
    colorMuted: '#e6dccb',
    colorBackground: 'transparent',
    colorBorder: 'transparent',
    colorDanger: '#ffd0c4',
    fontFamily: SANS,
    fontSize: '16px',
    padding: '0px',
    gap: '10px',
  },
  rules: {
    label: { base: { fontSize: '12px', color: '#e6dccb' } },
    value: { base: { fontSize: '18px', letterSpacing: '0.02em', padding: '0px 3px' } },
  },
};

const dark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** How the fields look now. */
export const fieldLook = (): Appearance => (dark().matches ? DARK : LIGHT);

/** Calls back when the person changes between light and dark. @returns the disposer. */
export function onLookChange(listener: () => void): () => void {
  const query = dark();
  query.addEventListener('change', listener);
  return () => {
    query.removeEventListener('change', listener);
  };
}
