import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {RunWriter} from 'cnnslicer/store';
import {startServer} from 'cnnslicer/server';
import type {RunSummary} from '#src/shared/index.js';
import {EventStream} from '../support/event-stream.js';
import {probeData, runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeEpoch, writeRun} from '../support/written-run.js';

async function streamOf(t: ExecutionContext, logdir: string) {
  const server = await startServer({logdir, port: 0});
  t.teardown(() => server.close());
  const url = `${server.url}api/events`;
  return {server, url, stream: await EventStream.open(url)};
}

const idsOf = (data: unknown) => (data as RunSummary[]).map(({id}) => id);

test('a client receives the runs at once', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  const {stream} = await streamOf(t, logdir);
  t.is(stream.response.status, 200);
  t.is(stream.response.headers.get('content-type'), 'text/event-stream');
  t.regex(stream.response.headers.get('cache-control') ?? '', /no-store/);
  t.regex(stream.response.headers.get('content-security-policy') ?? '', /default-src 'self'/);
  const first = await stream.next();
  t.is(first?.event, 'runs');
  t.deepEqual(idsOf(first?.data), ['run']);
});

test('a run written while a client listens is reported epoch by epoch, in order, until its end', async t => {
  const logdir = join(await temporaryFolder(t), 'not there yet');
  const {stream} = await streamOf(t, logdir);
  t.deepEqual(await stream.next(), {event: 'runs', data: []});

  const info = runInfo();
  const writer = await RunWriter.create(join(logdir, 'run'), info, probeData());
  const appeared = await stream.next();
  t.is(appeared?.event, 'runs');
  t.deepEqual(idsOf(appeared?.data), ['run']);

  for (const epoch of [0, 1, 2]) {
    await writeEpoch(writer, info, epoch);
    t.deepEqual(await stream.next(), {event: 'epoch', data: {run: 'run', epoch}});
  }
  // Faster than the server looks: still every epoch, still in order.
  for (const epoch of [3, 4, 5]) await writeEpoch(writer, info, epoch);
  for (const epoch of [3, 4, 5]) {
    t.deepEqual(await stream.next(), {event: 'epoch', data: {run: 'run', epoch}});
  }

  await writer.close('finished');
  const finished = await stream.next();
  t.is(finished?.event, 'runs');
  t.like((finished?.data as RunSummary[])[0], {status: 'finished', live: false, epochs: [0, 1, 2, 3, 4, 5]});
});

test('an epoch that is written again is reported again', async t => {
  const logdir = await temporaryFolder(t);
  const writer = await writeRun(join(logdir, 'run'), {epochs: [0, 1]});
  const {stream} = await streamOf(t, logdir);
  t.is((await stream.next())?.event, 'runs');
  await writeEpoch(writer, runInfo(), 1, 2);
  // The list comes first if the server looked while the epoch was away.
  let event = await stream.next();
  while (event?.event === 'runs') event = await stream.next();
  t.deepEqual(event, {event: 'epoch', data: {run: 'run', epoch: 1}});
});

test('a run that goes, and one that is broken, change the list', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'a'), {epochs: [0]});
  const {stream} = await streamOf(t, logdir);
  t.deepEqual(idsOf((await stream.next())?.data), ['a']);
  await rm(join(logdir, 'a', 'run.json'));
  const broken = (await stream.next())?.data as RunSummary[];
  t.regex(broken[0]?.problem ?? '', /no run\.json/);
  await rm(join(logdir, 'a'), {recursive: true});
  const rest = await lastList(stream, data => data.length === 0);
  t.deepEqual(rest, []);
});

test('a client that connects later receives the same runs, and both receive what follows', async t => {
  const logdir = await temporaryFolder(t);
  const writer = await writeRun(join(logdir, 'run'), {epochs: [0]});
  const {url, stream} = await streamOf(t, logdir);
  const first = await stream.next();
  const later = await EventStream.open(url);
  t.deepEqual(await later.next(), first);
  await writeEpoch(writer, runInfo(), 1);
  const epoch = {event: 'epoch', data: {run: 'run', epoch: 1}};
  t.deepEqual(await stream.next(), epoch);
  t.deepEqual(await later.next(), epoch);
});

test('a client that leaves does not disturb the others', async t => {
  const logdir = await temporaryFolder(t);
  const writer = await writeRun(join(logdir, 'run'), {epochs: [0]});
  const {url, stream} = await streamOf(t, logdir);
  const other = await EventStream.open(url);
  t.is((await stream.next())?.event, 'runs');
  t.is((await other.next())?.event, 'runs');
  other.disconnect();
  await writeEpoch(writer, runInfo(), 1);
  t.deepEqual(await stream.next(), {event: 'epoch', data: {run: 'run', epoch: 1}});
});

test('closing the server ends open streams, and frees the port', async t => {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  const server = await startServer({logdir, port: 0});
  const streams = await Promise.all([1, 2, 3].map(() => EventStream.open(`${server.url}api/events`)));
  for (const stream of streams) t.is((await stream.next())?.event, 'runs');
  await server.close();
  for (const stream of streams) t.is(await stream.next(), null);
  const again = await startServer({logdir, port: server.port});
  t.is(again.port, server.port);
  await again.close();
});

/** The first list that fits, passing over those in between. */
async function lastList(
  stream: EventStream,
  fits: (data: RunSummary[]) => boolean,
): Promise<RunSummary[] | undefined> {
  for (;;) {
    const event = await stream.next();
    if (event === null) return undefined;
    if (event.event === 'runs' && fits(event.data as RunSummary[])) return event.data as RunSummary[];
  }
}
