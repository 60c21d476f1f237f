import {defaultState, mostSmoothing, type ViewState} from './view-state.js';

/** How one field is written as values of a URL parameter, and read back; undefined says that it cannot be read. */
interface Field<Value> {
  write(value: Value): string[];
  read(values: string[]): Value | undefined;
}

const fields: {[Name in keyof ViewState]: Field<ViewState[Name]>} = {
  runs: {write: runs => runs, read: values => [...new Set(values)]},
  epoch: optional(index()),
  tab: oneOf('performance', 'layers', 'channels'),
  theme: oneOf('system', 'light', 'dark'),
  layer: optional(text()),
  channel: optional(index()),
  from: optional(text()),
  to: optional(text()),
  pair: optional(channelPair()),
  pins: {
    write: pins => pins.flatMap(pin => channelPair().write(pin)),
    read: values => {
      const pins = values.map(value => channelPair().read([value]));
      return pins.every(pin => pin !== undefined) ? pins : undefined;
    },
  },
  zoom: optional({
    write: zoom => [String(zoom)],
    read: values => (values[0] === 'all' ? 'all' : index().read(values)),
  }),
  samplesOf: optional(index()),
  compared: {
    write: classes => classes.map(String),
    read: values => {
      const classes = values.map(value => index().read([value]));
      return classes.every(value => value !== undefined) ? classes : undefined;
    },
  },
  focusClass: optional(index()),
  cell: optional({
    write: ({label, predicted}) => [`${label},${predicted}`],
    read: ([text = '']) => {
      const match = /^(\d{1,9}),(\d{1,9})$/.exec(text);
      return match ? {label: Number(match[1]), predicted: Number(match[2])} : undefined;
    },
  }),
  confusion: oneOf('counts', 'shares'),
  interSample: oneOf('bits', 'deficit'),
  entropyLines: oneOf('runs', 'classes'),
  smoothing: {
    write: percent => [String(percent)],
    read: values => {
      const percent = index().read(values);
      return percent !== undefined && percent <= mostSmoothing ? percent : undefined;
    },
  },
  lines: oneOf('all', 'classes'),
  scale: oneOf('fixed', 'own'),
  rowOrder: oneOf('natural', 'mean', 'max'),
  columnOrder: oneOf('natural', 'mean', 'max'),
  capacityScale: oneOf('run', 'epoch'),
  baseline: {
    write: shown => [String(shown)],
    read: ([text]) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
  },
  sort: oneOf('index', 'final', 'change'),
  query: optional(text()),
  draft: optional({write: value => [value], read: ([value]) => value}),
  rail: oneOf('open', 'icons'),
  blocks: {write: names => names, read: values => [...new Set(values)]},
  full: optional(text()),
};

/** Names in the address; the state's own names where they are short enough. */
const parameters: {[Name in keyof ViewState]: string} = {
  runs: 'run',
  epoch: 'epoch',
  tab: 'tab',
  theme: 'theme',
  layer: 'layer',
  channel: 'channel',
  from: 'from',
  to: 'to',
  pair: 'pair',
  pins: 'pin',
  zoom: 'zoom',
  samplesOf: 'samples-of',
  compared: 'compare',
  focusClass: 'class',
  cell: 'cell',
  confusion: 'confusion',
  interSample: 'inter-sample',
  entropyLines: 'entropies',
  smoothing: 'smoothing',
  lines: 'lines',
  scale: 'scale',
  rowOrder: 'row-order',
  columnOrder: 'column-order',
  capacityScale: 'capacity-scale',
  baseline: 'baseline',
  sort: 'sort',
  query: 'query',
  draft: 'draft',
  rail: 'rail',
  blocks: 'block',
  full: 'full',
};

/** The state as the part of an address after `#`; fields at their default are left out. */
export function encodeState(state: ViewState): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(fields) as (keyof ViewState)[]) {
    const field = fields[name] as Field<unknown>;
    const written = field.write(state[name]);
    if (JSON.stringify(written) === JSON.stringify(field.write(defaultState[name]))) continue;
    for (const value of written) query.append(parameters[name], value);
  }
  return query.toString();
}

/**
 * Reads what `encodeState` wrote; never throws.
 *
 * @param text - The part of the address after `#`.
 * @returns The state, defaults where the link says nothing, and a sentence for every part of it that cannot be used.
 */
export function decodeState(text: string): {state: ViewState; problems: string[]} {
  const query = new URLSearchParams(text);
  const problems: string[] = [];
  const decoded: Record<string, unknown> = {...defaultState};
  for (const name of Object.keys(fields) as (keyof ViewState)[]) {
    const values = query.getAll(parameters[name]);
    query.delete(parameters[name]);
    if (values.length === 0) continue;
    const value = (fields[name] as Field<unknown>).read(values);
    if (value === undefined)
      problems.push(`${parameters[name]}=${values.join(',')} is not a value it can have`);
    else decoded[name] = value;
  }
  for (const unknown of new Set(query.keys())) problems.push(`${unknown} is not part of a link`);
  return {state: decoded as unknown as ViewState, problems};
}

function oneOf<Choice extends string>(...choices: Choice[]): Field<Choice> {
  return {write: choice => [choice], read: ([text]) => choices.find(choice => choice === text)};
}

/** Any text; an empty one says nothing. */
function text(): Field<string> {
  return {write: value => [value], read: ([value = '']) => (value === '' ? undefined : value)};
}

/** A channel of either layer, as `3,17`. */
function channelPair(): Field<{from: number; to: number}> {
  return {
    write: ({from, to}) => [`${from},${to}`],
    read: ([value = '']) => {
      const match = /^(\d{1,9}),(\d{1,9})$/.exec(value);
      return match ? {from: Number(match[1]), to: Number(match[2])} : undefined;
    },
  };
}

/** An index: an integer >= 0. */
function index(): Field<number> {
  return {
    write: value => [String(value)],
    read: ([text = '']) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
  };
}

/** Adds null to a field, written as no parameter at all. */
function optional<Value>(field: Field<Value>): Field<Value | null> {
  return {write: value => (value === null ? [] : field.write(value)), read: values => field.read(values)};
}
