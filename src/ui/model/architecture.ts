import type {ArchitectureNode, RunInfo} from '../../shared/index.js';

/** A row of the architecture overview. */
export interface OutlineRow {
  /** Unique in the outline; what `open` names. */
  key: string;
  kind: 'layer' | 'model' | 'block';
  /** Number of open blocks and models that contain it. */
  depth: number;
  /** The layer's name; of a block what its layers have in common. */
  name: string;
  /** The tfjs class; of a block how many layers it has. */
  type: string;
  /** Output shape, `26×26×16`; `?` where the model leaves an extent open. */
  shape: string;
  /** Channels of the output; the maximum of a block. Null if the model leaves it open. */
  channels: number | null;
  parameters: number;
  captured: boolean;
  /** Layers of a block or model, those of models in it too; 1 for a layer. */
  layers: number;
  /** Names of the captured layers that the row stands for. */
  names: string[];
  /** Null for what cannot be opened. */
  isOpen: boolean | null;
  /** Rows that lead to this one; null for the heading of an open block, which is no part of the graph. */
  sources: number[] | null;
}

/** More layers than this are gathered into blocks. */
const maxPlain = 24;
/** A block of fewer layers hides nothing. */
const minBlock = 3;

/**
 * The rows that an overview shows of a model. In a large model, neighbours whose maps have the same extents form a block,
 * closed unless `open` names it; so is a model inside the model.
 */
export function outline(nodes: readonly ArchitectureNode[], open: ReadonlySet<string>): OutlineRow[] {
  const rows: OutlineRow[] = [];
  addAll(rows, withSources(nodes), {open, depth: 0, blocks: countLayers(nodes) > maxPlain});
  return rows;
}

/** Every layer whose name or class has the text in it, those of nested models too; nothing leads to another. */
export function searchLayers(nodes: readonly ArchitectureNode[], text: string): OutlineRow[] {
  const wanted = text.trim().toLowerCase();
  return allLayers(nodes)
    .filter(({name, className}) => `${name} ${className}`.toLowerCase().includes(wanted))
    .map(node => ({...layerRow(node, 0), isOpen: null, sources: null}));
}

/** The nodes of a run's model; where it tells none, its captured layers in a row. */
export function architectureOf({architecture, layers}: RunInfo): ArchitectureNode[] {
  if (architecture.length > 0) return architecture;
  return layers.map(({name, className, spatial, channels}) => ({
    ...{name, className, shape: [...spatial, channels], parameters: 0, inputs: [], captured: true},
  }));
}

/** How many layers a model has, those of models inside it included. */
export function countLayers(nodes: readonly ArchitectureNode[]): number {
  return allLayers(nodes).length;
}

/** `26×26×16`. */
export function shapeText(shape: readonly (number | null)[]): string {
  return shape.map(extent => extent ?? '?').join('×');
}

function allLayers(nodes: readonly ArchitectureNode[]): ArchitectureNode[] {
  return nodes.flatMap(node => (node.layers ? allLayers(node.layers) : [node]));
}

/** A node with the nodes of the same model that lead to it. */
interface Linked {
  node: ArchitectureNode;
  from: ArchitectureNode[];
}

/**
 * Finds what leads to each node among its siblings. A Sequential that begins with a model names that model's last layer
 * in its place; where nothing is found, the node before leads to it.
 */
function withSources(nodes: readonly ArchitectureNode[]): Linked[] {
  const known = new Map<string, ArchitectureNode>();
  for (const node of nodes) {
    known.set(node.name, node);
    for (const inner of allLayers(node.layers ?? [])) known.set(inner.name, node);
  }
  return nodes.map((node, i) => {
    const before = new Set(nodes.slice(0, i));
    const named = new Set(node.inputs.flatMap(name => known.get(name) ?? []));
    const from = [...named].filter(source => before.has(source));
    const previous = nodes[i - 1];
    const isStart = node.className === 'InputLayer' || previous === undefined;
    return {node, from: from.length > 0 || isStart ? from : [previous]};
  });
}

interface Level {
  open: ReadonlySet<string>;
  depth: number;
  blocks: boolean;
  /** The heading that leads to the first layers of this level, where it is a model inside a model. */
  entry?: number;
}

/** Adds the rows of one model; returns the row that leads on from it. */
function addAll(rows: OutlineRow[], linked: readonly Linked[], level: Level): number {
  const exits = new Map<ArchitectureNode, number>();
  const sourcesOf = ({from}: Linked): number[] =>
    from.length === 0 && level.entry !== undefined
      ? [level.entry]
      : from.flatMap(source => exits.get(source) ?? []);
  const addNode = (link: Linked, depth: number): void => {
    const {node} = link;
    const at = rows.length;
    const isOpen = node.layers ? level.open.has(node.name) : null;
    rows.push({...layerRow(node, depth), isOpen, sources: sourcesOf(link)});
    const inner = {...level, depth: depth + 1, entry: at, blocks: false};
    exits.set(node, isOpen && node.layers ? addAll(rows, withSources(node.layers), inner) : at);
  };
  for (const group of level.blocks ? groups(linked) : linked.map(link => [link])) {
    if (group.length < minBlock) {
      for (const link of group) addNode(link, level.depth);
      continue;
    }
    const block = blockRow(group, level);
    if (block.isOpen) {
      rows.push(block);
      for (const link of group) addNode(link, level.depth + 1);
      continue;
    }
    const at = rows.length;
    const inside = new Set(group.map(({node}) => node));
    const outer = group.flatMap(link =>
      sourcesOf({...link, from: link.from.filter(source => !inside.has(source))}),
    );
    rows.push({...block, sources: [...new Set(outer)]});
    for (const node of inside) exits.set(node, at);
  }
  const last = linked.at(-1);
  return (last && exits.get(last.node)) ?? rows.length - 1;
}

/** Neighbours with the same extents of their maps. */
function groups(linked: readonly Linked[]): Linked[][] {
  const found: Linked[][] = [];
  let extents: string | null = null;
  for (const link of linked) {
    const own = shapeText(link.node.shape.slice(0, -1));
    // The input stands for itself.
    if (own !== extents || link.node.className === 'InputLayer') found.push([]);
    found.at(-1)?.push(link);
    extents = link.node.className === 'InputLayer' ? null : own;
  }
  return found;
}

function layerRow(node: ArchitectureNode, depth: number): Omit<OutlineRow, 'isOpen' | 'sources'> {
  const inner = allLayers(node.layers ?? []);
  const names = [node, ...inner].flatMap(({name, captured}) => (captured ? [name] : []));
  return {
    key: node.name,
    kind: node.layers ? 'model' : 'layer',
    depth,
    name: node.name,
    type: node.className,
    shape: shapeText(node.shape),
    channels: node.shape.at(-1) ?? null,
    parameters: node.parameters,
    captured: names.length > 0,
    layers: node.layers ? countLayers(node.layers) : 1,
    names,
  };
}

function blockRow(group: readonly Linked[], {open, depth}: Level): OutlineRow {
  const nodes = group.map(({node}) => node);
  const names = nodes.flatMap(node => layerRow(node, depth).names);
  const [first, last] = [nodes[0] as ArchitectureNode, nodes.at(-1) as ArchitectureNode];
  const key = `${first.name}..${last.name}`;
  const extents = shapeText(first.shape.slice(0, -1));
  return {
    key,
    kind: 'block',
    depth,
    name: extents === '' ? 'vectors' : `maps of ${extents}`,
    type: `${nodes.length} layers`,
    shape: shapeText(last.shape),
    channels: Math.max(0, ...nodes.map(({shape}) => shape.at(-1) ?? 0)) || null,
    parameters: nodes.reduce((sum, {parameters}) => sum + parameters, 0),
    captured: names.length > 0,
    layers: countLayers(nodes),
    names,
    isOpen: open.has(key),
    sources: null,
  };
}
