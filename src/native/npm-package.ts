import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {runNpm} from '../programs/index.js';
import type {Progress} from './libtensorflow.js';
import type {NativePackage} from './native-package.js';

/**
 * Adds the npm package to the project without running its install script.
 *
 * @param save - Add it to package.json, as an optional dependency: a failing install script then does not fail `npm ci`.
 * @returns The package's folder.
 */
export async function addNpmPackage(
  project: string,
  {name, version}: NativePackage,
  save: boolean,
  {say, signal}: Progress,
): Promise<string> {
  const before = installedPackage(project, name);
  if (before?.version === version) return before.folder;
  refuseOtherManagers(project, `${name}@${version}`);
  say(`${name} ${version}: installing${before ? ` instead of ${before.version}` : ''} …`);
  // With --no-save too: npm skips what the project itself names as an optional peer unless the kind is given.
  const saving = ['--save-optional', '--save-exact', ...(save ? [] : ['--no-save'])];
  await runNpm('install', ['--ignore-scripts', ...saving, `${name}@${version}`], {cwd: project, signal});
  const installed = installedPackage(project, name);
  if (!installed) throw new Error(`npm installed ${name}, but ${project} does not find it.`);
  return installed.folder;
}

/** @returns True if it was installed. */
export async function removeNpmPackage(
  project: string,
  {name}: NativePackage,
  signal: AbortSignal,
): Promise<boolean> {
  if (!installedPackage(project, name)) return false;
  await runNpm('uninstall', [name], {cwd: project, signal});
  return true;
}

function installedPackage(project: string, name: string): {folder: string; version: string} | null {
  const paths = createRequire(join(project, 'package.json')).resolve.paths(name) ?? [];
  const folder = paths.map(path => join(path, name)).find(path => existsSync(join(path, 'package.json')));
  if (folder === undefined) return null;
  const {version} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {version: string};
  return {folder, version};
}

function refuseOtherManagers(project: string, wanted: string): void {
  for (const [lock, add] of [
    ['pnpm-lock.yaml', 'pnpm add --ignore-scripts'],
    ['yarn.lock', 'yarn add --ignore-scripts'],
  ] as const) {
    if (existsSync(join(project, lock)))
      throw new Error(`the project has a ${lock}: run "${add} ${wanted}" first, then this command again.`);
  }
}
