import type { Approval, Approvals } from './approvals.js';

const hashesOf = ({ match: { hash }, hashes = [], integrity }: Approval): readonly string[] => [
  ...(hash === undefined ? [] : [hash]),
  ...(integrity === 'pinned' ? hashes : []),
];

/** Hashes of all scripts that are approved by content: for a policy that names scripts by hash (`hashes` of `hostPolicy`). */
export const approvedHashes = ({ scripts }: Approvals): readonly string[] => [...new Set(scripts.flatMap(hashesOf))];

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** How a script is written down so that a browser runs it only with approved content. */
export interface IntegrityTag {
  readonly id: string;
  /** `undefined` where its maker changes it at will: nothing can be pinned. */
  readonly tag: string | undefined;
}

/** Elements with Subresource Integrity for all scripts that are approved by address (SRI §3.5: of several hashes, any may fit). */
export const integrityTags = ({ scripts }: Approvals): readonly IntegrityTag[] =>
  scripts.flatMap(({ id, match: { src }, integrity, hashes = [] }) => {
    if (src === undefined) return [];
    const tag = `<script src="${attribute(src)}" integrity="${attribute(hashes.join(' '))}" crossorigin="anonymous"></script>`;
    return [{ id, tag: integrity === 'pinned' ? tag : undefined }];
  });
