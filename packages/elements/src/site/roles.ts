import type { CloisterConfig } from '@cloister/protocol';
import type { FrameConfig } from '../connection/frame-config.js';

/** Documents of the elements origin. */
export type DocumentRole = 'collect' | 'reveal' | 'coordinator' | 'diagnose';

/** What one document is made of, and what it may do. */
export interface RoleRule {
  /** Name of its built script, by configuration (the adapter is chosen here, at build time). */
  readonly script: (config: CloisterConfig) => string;
  /** The part of the configuration that its script is given: no more than it uses. */
  readonly config: (config: CloisterConfig, all: FrameConfig) => FrameConfig;
  /** Origins that it may fetch from. Only the coordinator has any. */
  readonly connect: (config: CloisterConfig) => readonly string[];
  /** Whether it may load the markup sanitiser. */
  readonly sanitiser: boolean;
  /** Whether any page may embed it. */
  readonly anybody: boolean;
  /** Features that the document may use when the page delegates them. */
  readonly features: (config: CloisterConfig) => readonly string[];
}

const none = (): readonly string[] => [];

/** One row a document: the whole difference between them. */
export const ROLES: Readonly<Record<DocumentRole, RoleRule>> = {
  collect: {
    script: () => 'collect',
    config: (_, all) => ({ ...all, vault: '', copy: false }),
    connect: none,
    sanitiser: true,
    anybody: false,
    features: none,
  },
  reveal: {
    script: () => 'reveal',
    config: (_, all) => ({ ...all, vault: '', collections: {}, purify: { src: '', integrity: '' } }),
    connect: none,
    sanitiser: false,
    anybody: false,
    features: (config) => (config.copy ? ['clipboard-write'] : []),
  },
  coordinator: {
    script: (config) => `coordinator-${config.adapter}`,
    config: (_, all) => ({ ...all, copy: false, purify: { src: '', integrity: '' } }),
    connect: (config) => (config.adapter === 'cloister' ? [config.vault] : []),
    sanitiser: false,
    anybody: false,
    features: none,
  },
  diagnose: {
    script: () => 'diagnose',
    config: (_, all) => ({ ...all, vault: '', collections: {}, copy: false, purify: { src: '', integrity: '' } }),
    connect: none,
    sanitiser: false,
    anybody: true,
    features: none,
  },
};
