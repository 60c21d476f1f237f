import {existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {delimiter, join, resolve} from 'node:path';
import {chromium, type Browser} from 'playwright-core';

/** Where the bundled browser is unpacked: one folder per version, made once and then only read. */
const bundleFolder = resolve('.chromium/147.0.0');

const args = ['--no-sandbox'];

/** In a bare environment the browser calls its language en-US@posix, which is none that Intl accepts. */
const language = {LANG: 'en_US.UTF-8', LANGUAGE: 'en_US', LC_ALL: 'en_US.UTF-8'};

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Starts a real Chromium without a window. Looks for one in this order: the file named by CNNSLICER_CHROMIUM, one on
 * the PATH, one that Playwright has installed, the one that comes as an npm package.
 */
export async function launchChromium(): Promise<Browser> {
  const installed = process.env['CNNSLICER_CHROMIUM'] ?? onPath() ?? fromPlaywright();
  if (installed === undefined) return launchBundled({FONTCONFIG_PATH: join(bundleFolder, 'conf')});
  return chromium.launch({executablePath: installed, args, env: {...process.env, ...language}});
}

/**
 * Starts the Chromium that comes as an npm package with its own font alone: it draws the same pixels on every machine,
 * whatever browsers and fonts that has.
 */
export async function launchPictureChromium(): Promise<Browser> {
  await unpackBundle();
  const configuration = join(bundleFolder, `pictures-${process.pid}.conf`);
  writeFileSync(configuration, fontConfiguration(''));
  const browser = await launchBundled({FONTCONFIG_FILE: configuration});
  browser.once('disconnected', () => rmSync(configuration));
  return browser;
}

async function launchBundled(fonts: Record<string, string>): Promise<Browser> {
  await unpackBundle();
  const libraries = {LD_LIBRARY_PATH: join(bundleFolder, 'al2023/lib')};
  return chromium.launch({
    executablePath: join(bundleFolder, 'chromium'),
    args,
    env: {...process.env, ...language, ...libraries, ...fonts},
  });
}

function fontConfiguration(more: string): string {
  return (
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${bundleFolder}/fonts</dir>` +
    `${more}<cachedir>${bundleFolder}/fonts-cache</cachedir></fontconfig>`
  );
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return systemNames.flatMap(name => folders.map(folder => join(folder, name))).find(existsSync);
}

function fromPlaywright(): string | undefined {
  const cache = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return undefined;
  const versions = readdirSync(cache).filter(name => name.startsWith('chromium-'));
  return versions.map(name => join(cache, name, 'chrome-linux/chrome')).find(existsSync);
}

/**
 * Unpacks the npm package's browser, its libraries and its font. Test files run as processes side by side, so each
 * unpacks into a separate folder, and the first to finish gives it the final name.
 */
async function unpackBundle(): Promise<void> {
  if (existsSync(bundleFolder)) return;
  const folder = `${bundleFolder}.${process.pid}`;
  mkdirSync(join(folder, 'conf'), {recursive: true});
  // The package unpacks into the temporary folder, and its libraries only where it believes to run on AWS.
  await withEnvironment({TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x'}, async () => {
    const {default: bundle} = await import('@sparticuz/chromium');
    await bundle.executablePath();
  });
  // Its own font configuration names a folder that is not this one; without a font the browser aborts.
  writeFileSync(join(folder, 'conf/fonts.conf'), fontConfiguration('<dir>/usr/share/fonts</dir>'));
  try {
    renameSync(folder, bundleFolder);
  } catch (cause) {
    if (!existsSync(bundleFolder)) throw cause;
    rmSync(folder, {recursive: true});
  }
}

/** Sets environment variables for as long as `run` takes. */
async function withEnvironment(values: Record<string, string>, run: () => Promise<void>): Promise<void> {
  const before = Object.keys(values).map(name => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  try {
    await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
