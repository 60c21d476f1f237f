// A plugin of TypeDoc: guides are named by their first heading, and grouped by their folder; front matter, which does the
// same, would be shown as a table where Markdown is read without TypeDoc.
import {relative} from 'node:path';
import {Converter, PageEvent} from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, page) => {
    const path = relative(process.cwd(), page.project.files.getReflectionPath(page) ?? '');
    const heading = /^# (.+)$/m.exec(page.content.map(({text}) => text).join(''))?.[1];
    if (heading === undefined) throw new Error(`${path} has no heading of the first level to be named by`);
    page.name = heading.replaceAll('`', '');
    page.frontmatter.group = groupOf(path);
  });
  // A link to README is to its folder, of which a browser shows a list when it reads from a disk.
  app.renderer.on(PageEvent.END, page => {
    page.contents = page.contents?.replace(/href="((?:\.\.\/)+)(#[^"]*)?"/g, 'href="$1index.html$2"');
  });
}

function groupOf(path) {
  if (path.startsWith('docs/decisions/')) return 'Decisions';
  return path.includes('/') ? 'Guides' : 'Project';
}
