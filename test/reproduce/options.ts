import test from 'ava';
import {spawnSync} from 'node:child_process';
import {reproduceCommand, type Settings} from '../../reproduce/options.js';

/** What the command line comes to, and what is written where it is refused. */
async function asked(...words: string[]): Promise<{settings: Settings | null; said: string}> {
  let settings: Settings | null = null;
  let said = '';
  const note = (text: string) => void (said += text);
  const command = reproduceCommand(given => {
    settings = given;
    return Promise.resolve();
  });
  command.configureOutput({writeErr: note, writeOut: note});
  await command.parseAsync(words, {from: 'user'}).catch(() => {});
  return {settings, said};
}

test('without flags a quick run of everything is asked for, on the backend that is always there', async t => {
  const {settings} = await asked();
  t.like(settings, {backend: 'wasm', figures: null});
  t.like(settings?.plan, {name: 'quick', seeds: 3});
});

test('--full, --seeds, --backend and --only change what they say', async t => {
  const {settings} = await asked('--full', '--seeds', '5', '--backend', 'node', '--only', 'fig5,fig6');
  t.like(settings, {backend: 'node', figures: ['fig5', 'fig6']});
  t.like(settings?.plan, {name: 'full', seeds: 5, mnistSizes: [100, 500, 1000, 2000]});
});

test('a wrong value is refused in one line that says what to pass', async t => {
  for (const [words, hint] of [
    [['--only', 'fig5,fig99'], /"fig99"; it takes fig5, fig6/],
    [['--only', ''], /it takes fig5/],
    [['--seeds', '0'], /integer >= 1/],
    [['--seeds', 'many'], /integer >= 1/],
    [['--backend', 'gpu'], /wasm, cpu, node/],
    [['--quick', '--full'], /cannot be used with/],
    [['fig5'], /too many arguments/],
    [['--fast'], /unknown option/],
  ] as const) {
    const {settings, said} = await asked(...words);
    t.is(settings, null, words.join(' '));
    t.regex(said, hint);
    t.is(said.trim().split('\n').length, 1, said);
  }
});

test('the help has examples that can be asked', async t => {
  const {said} = await asked('--help');
  const examples = [...said.matchAll(/\$ npm run reproduce -- (.*)/g)].map(([, words = '']) => words);
  t.true(examples.length >= 3);
  for (const words of examples) t.not((await asked(...words.split(' '))).settings, null, words);
});

test('the command ends with 2 and one line where it is asked for what there is not', t => {
  const main = 'build/reproduce/main.js';
  const {status, stderr} = spawnSync(process.execPath, [main, '--only', 'fig99'], {encoding: 'utf8'});
  t.is(status, 2);
  t.is(stderr.trim().split('\n').length, 1, stderr);
});
