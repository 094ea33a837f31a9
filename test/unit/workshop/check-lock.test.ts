import { describe, expect, it } from 'vitest';
import { lockProblems } from '../../../scripts/check-lock.mjs';
import { workflowProblems } from '../../../scripts/lib/workflows.mjs';

const sound = { version: '1.0.0', integrity: 'sha512-x' };
const lockOf = (more: Readonly<Record<string, object>>): { readonly packages: Record<string, object> } => ({
  packages: {
    '': { devDependencies: { tool: '1.0.0' } },
    'packages/ours': { dependencies: { used: '1.0.0' } },
    'node_modules/@cloister/ours': { resolved: 'packages/ours', link: true },
    'node_modules/tool': sound,
    'node_modules/used': sound,
    ...more,
  },
});

describe('the lock file', () => {
  it('has no problem when everything is locked with its integrity', () => {
    expect(lockProblems(lockOf({}))).toEqual([]);
  });

  it.each([
    [
      'A104 names a package without integrity',
      { 'node_modules/tool': { version: '1.0.0' } },
      ['node_modules/tool has no integrity'],
    ],
    [
      'names an optional dependency that the registry did not have',
      { 'node_modules/tool': { ...sound, optionalDependencies: { 'tool-darwin-arm64': '1.0.0' } } },
      ['tool-darwin-arm64, optional for node_modules/tool, is not locked'],
    ],
    [
      'A104 names a package that is locked to an address',
      { 'node_modules/tool': { ...sound, resolved: 'https://elsewhere.example/tool.tgz' } },
      ['node_modules/tool is locked to https://elsewhere.example/tool.tgz'],
    ],
    [
      'A104 names an install script in what users install',
      { 'node_modules/used': { ...sound, hasInstallScript: true } },
      ['node_modules/used runs a script when our users install it'],
    ],
    [
      'A104 names an install script deeper in what users install',
      {
        'node_modules/used': { ...sound, dependencies: { deep: '1.0.0' } },
        'node_modules/used/node_modules/deep': { ...sound, hasInstallScript: true },
        'node_modules/deep': sound,
      },
      ['node_modules/used/node_modules/deep runs a script when our users install it'],
    ],
    [
      'A104 names ranges in our own manifests',
      {
        '': { devDependencies: { tool: '^1.0.0', edge: '1.0.0-rc.1', latest: 'latest' } },
        'packages/ours': { dependencies: { used: '1.0' }, optionalDependencies: { tool: '1.0.x' } },
        'examples/shop': { dependencies: { '@cloister/ours': '>=0.1.0' } },
      },
      [
        'the root wants tool ^1.0.0: pin it',
        'the root wants latest latest: pin it',
        'packages/ours wants used 1.0: pin it',
        'packages/ours wants tool 1.0.x: pin it',
        'examples/shop wants @cloister/ours >=0.1.0: pin it',
      ],
    ],
  ])('%s', (_title, more, expected) => {
    expect(lockProblems(lockOf(more))).toEqual(expected);
  });

  it('lets the workshop have an install script, because it never runs', () => {
    expect(lockProblems(lockOf({ 'node_modules/tool': { ...sound, hasInstallScript: true } }))).toEqual([]);
  });
});

describe('a workflow', () => {
  const commit = 'f'.repeat(40);

  it('A104 begins without rights, and runs only actions of a known commit', () => {
    const sound = `permissions: {}\njobs:\n - uses: actions/checkout@${commit} # v5.0.0\n - uses: ./local`;
    expect(workflowProblems({ 'sound.yml': sound })).toEqual([]);
    expect(
      workflowProblems({ 'loose.yml': `on: push\n - uses: a/b@v5\n - uses: c/d\n - uses: e/f@${commit}0` }),
    ).toEqual([
      'loose.yml does not begin without rights: permissions: {}',
      'loose.yml uses a/b@v5: pin a commit',
      'loose.yml uses c/d: pin a commit',
      `loose.yml uses e/f@${commit}0: pin a commit`,
    ]);
  });
});
