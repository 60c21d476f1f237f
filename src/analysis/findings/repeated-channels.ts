import type {ArchitectureNode, Finding, LayerInfo} from '../../shared/index.js';

/** Layers that pass each channel on as it is, but for its size, scale or sign. */
const PASSES_ON =
  /^(?:(?:Global)?(?:Max|Average)Pooling[123]D|Activation|ReLU|LeakyReLU|PReLU|ELU|ThresholdedReLU|BatchNormalization|(?:Spatial)?Dropout(?:[123]D)?|Gaussian(?:Noise|Dropout)|AlphaDropout|ZeroPadding2D|UpSampling2D)$/;

/**
 * The captured layer whose channels each layer passes on, by name: of a pooling its convolution. Layers that make channels
 * with new channels, or with several inputs, are not in it.
 */
export function sourcesOf(
  layers: readonly LayerInfo[],
  architecture: readonly ArchitectureNode[],
): Map<string, string> {
  const nodes = new Map(architecture.map(node => [node.name, node]));
  const captured = new Map(layers.map(layer => [layer.name, layer]));
  const sources = new Map<string, string>();
  for (const {name, channels} of layers) {
    let node = nodes.get(name);
    // A graph that was read may hold a ring, so no more steps than there are nodes.
    for (let step = 0; step < nodes.size && node !== undefined; step++) {
      const [input] = node.inputs;
      if (!PASSES_ON.test(node.className) || node.inputs.length !== 1 || input === undefined) break;
      const source = captured.get(input);
      if (source !== undefined && source.name !== name && source.channels === channels) {
        sources.set(name, input);
        break;
      }
      node = nodes.get(input);
    }
  }
  return sources;
}

/**
 * Findings of a layer that only repeat those of the layer whose channels it passes on are left out, and the other's title
 * names the layer.
 */
export function foldRepeated(findings: readonly Finding[], sources: ReadonlyMap<string, string>): Finding[] {
  const alsoIn = new Map<Finding, string[]>();
  const repeated = new Set<Finding>();
  for (const finding of findings) {
    const first = repeats(finding, findings, sources);
    if (first === null) continue;
    repeated.add(finding);
    alsoIn.set(first, [...(alsoIn.get(first) ?? []), finding.layer ?? '']);
  }
  return findings
    .filter(finding => !repeated.has(finding))
    .map(finding => {
      const layers = alsoIn.get(finding);
      return layers ? {...finding, title: `${finding.title}; so in ${layers.join(', ')}`} : finding;
    });
}

/** Returns the finding that this one repeats, of the layer closest to the input; null if it is new. */
function repeats(
  finding: Finding,
  findings: readonly Finding[],
  sources: ReadonlyMap<string, string>,
): Finding | null {
  let found: Finding | null = null;
  const seen = new Set<string>();
  for (
    let layer = sources.get(finding.layer ?? '');
    layer !== undefined && !seen.has(layer);
    layer = sources.get(layer)
  ) {
    seen.add(layer);
    const same = findings.find(
      other => other.layer === layer && other.kind === finding.kind && covers(other, finding),
    );
    if (same !== undefined) found = same;
  }
  return found;
}

function covers(one: Finding, other: Finding): boolean {
  if (other.pairs !== undefined) {
    const pairs = new Set(one.pairs?.map(String));
    return other.pairs.every(pair => pairs.has(String(pair)));
  }
  return other.channels !== undefined && other.channels.every(channel => one.channels?.includes(channel));
}
