import {readFile, stat} from 'node:fs/promises';
import {execFile} from 'node:child_process';
import {posix} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';

/** Every committed or new Markdown file, by its path from the root. */
async function documents(): Promise<string[]> {
  const {stdout} = await promisify(execFile)('git', ['ls-files', '-co', '--exclude-standard', '*.md']);
  return stdout.split('\n').filter(path => path !== '' && !path.startsWith('test/fixtures/'));
}

/** Code is no place for links: its lines and spans are blanked out. */
const proseOf = (markdown: string) => markdown.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');

interface Link {
  path: string;
  anchor: string | undefined;
}

/** Links and pictures of a document that lead to another file or into this one. */
function linksOf(from: string, markdown: string): Link[] {
  const targets = [...proseOf(markdown).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    ([, link, attribute]) => link ?? attribute ?? '',
  );
  return targets
    .filter(target => !/^[a-z]+:/.test(target))
    .map(target => {
      const [path = '', anchor] = target.split('#');
      return {path: path === '' ? from : posix.join(posix.dirname(from), path), anchor};
    });
}

/** The anchors that forges and TypeDoc give the headings of a document; a second heading of one text gets `-1`. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of markdown.replace(/^```.*?^```/gms, '').matchAll(/^#{1,6} (.+)$/gm)) {
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = text
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

test('every relative link, anchor and picture of the documents leads somewhere', async t => {
  const broken: string[] = [];
  let followed = 0;
  for (const document of await documents()) {
    for (const {path, anchor} of linksOf(document, await readFile(document, 'utf8'))) {
      followed++;
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) broken.push(`${document}: there is no ${path}`);
      else if (anchor !== undefined && !anchorsOf(await readFile(path, 'utf8')).has(anchor)) {
        broken.push(`${document}: ${path} has no heading #${anchor}`);
      }
    }
  }
  t.true(followed > 100);
  t.deepEqual(broken, []);
});

test('no document links to a file that git ignores', async t => {
  const linked: string[] = [];
  for (const document of await documents()) {
    linked.push(...linksOf(document, await readFile(document, 'utf8')).map(({path}) => path));
  }
  const ignored = promisify(execFile)('git', ['check-ignore', ...new Set(linked)]).then(
    ({stdout}) => stdout,
    () => '', // git's way to say that it ignores none
  );
  t.is(await ignored, '');
});

test('every document of docs is led to from README, by as many links as it takes', async t => {
  const reached = new Set(['README.md']);
  for (const document of reached) {
    if (!document.endsWith('.md')) continue;
    for (const {path} of linksOf(document, await readFile(document, 'utf8'))) reached.add(path);
  }
  const lost = (await documents()).filter(path => /^docs\//.test(path) && !reached.has(path));
  t.deepEqual(lost, []);
});
