import type { CloisterConfig } from '@cloister/protocol';

/**
 * What a frame knows of the configuration: written into its script when the site is built, hashed with it, and named by
 * the document's Content-Security-Policy. Nothing of it can come from the page (rule 2).
 */
export interface FrameConfig {
  /** Hash of code and configuration. */
  readonly build: string;
  /** Origins that may embed. */
  readonly hosts: readonly string[];
  /** Our own origin. */
  readonly elements: string;
  /** The vault's origin; only the coordinator is given it. */
  readonly vault: string;
  readonly collections: CloisterConfig['collections'];
  /** Whether a reveal frame may have a copy button; only that frame is told. */
  readonly copy: boolean;
  /** The markup sanitiser, loaded by the collect frame when a help text needs it. */
  readonly purify: { readonly src: string; readonly integrity: string };
}

declare global {
  /** Replaced with the configuration by the site builder; see `site/`. */
  const __CLOISTER_CONFIG__: FrameConfig;
}
