import type {Pen} from './canvas.js';

/** Everything that `save` keeps. */
interface State {
  fillStyle: Pen['fillStyle'];
  strokeStyle: Pen['strokeStyle'];
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  dash: number[];
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  imageSmoothingEnabled: boolean;
  transform: string;
  /** Groups that are open: one per clip. */
  open: number;
}

/** What a document says about itself, beside its picture. */
export interface SvgAbout {
  title: string;
  description: string;
  /** Facts for programs, as JSON. */
  metadata: string;
}

/** Distance of the baseline from the top of a text, as a fraction of its size. */
const baselines: Partial<Record<CanvasTextBaseline, string>> = {
  top: '0.8em',
  middle: '0.35em',
  bottom: '-0.2em',
};
const anchors: Partial<Record<CanvasTextAlign, string>> = {center: 'middle', right: 'end', end: 'end'};

/**
 * Writes everything painted into it as SVG, in plain colours. Texts are measured on a real canvas. The document is not used, as
 * libraries for this do: the page's content policy lets no inline style pass.
 */
export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000000';
  strokeStyle: Pen['strokeStyle'] = '#000000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  font = '400 10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  imageSmoothingEnabled = true;
  #dash: number[] = [];
  #transform = '';
  #open = 0;
  #path: string[] = [];
  /** The whole circle that the path begins with. */
  #circle = '';
  #saved: State[] = [];
  #clips = 0;
  readonly #elements: string[] = [];
  readonly #ruler: CanvasRenderingContext2D | null;

  /** @param ruler - Measures texts; null where none is measured. */
  constructor(ruler: CanvasRenderingContext2D | null) {
    this.#ruler = ruler;
  }

  /** What is painted meanwhile belongs together, under a title that browsers show and screen readers say. */
  titled(title: string, paint: () => void): void {
    this.#elements.push(`<g><title>${escapeXml(title)}</title>`);
    paint();
    this.#elements.push('</g>');
  }

  /** The document so far; sizes in CSS pixels. */
  toSvg(width: number, height: number, about?: SvgAbout): string {
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    const head = about ? `${aboutText(about)}\n` : '';
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${head}${this.#elements.join('\n')}\n${'</g>'.repeat(this.#open)}</svg>\n`;
  }

  save(): void {
    const {fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline} = this;
    const kept = {fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline};
    const {imageSmoothingEnabled} = this;
    this.#saved.push({
      ...{...kept, imageSmoothingEnabled},
      ...{dash: this.#dash, transform: this.#transform, open: this.#open},
    });
  }

  restore(): void {
    const last = this.#saved.pop();
    if (!last) return;
    const {dash, transform, open, ...kept} = last;
    for (; this.#open > open; this.#open--) this.#elements.push('</g>');
    Object.assign(this, kept);
    [this.#dash, this.#transform] = [dash, transform];
  }

  translate(x: number, y: number): void {
    this.#transform += `translate(${round(x)} ${round(y)})`;
  }

  rotate(angle: number): void {
    this.#transform += `rotate(${round((angle * 180) / Math.PI)})`;
  }

  setLineDash(dash: Iterable<number>): void {
    this.#dash = [...dash];
  }

  beginPath(): void {
    this.#path = [];
    this.#circle = '';
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${round(x)} ${round(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.#path.push(`${this.#path.length === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push(`M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`);
  }

  arc(x: number, y: number, radius: number, start: number, end: number): void {
    const at = (angle: number): [number, number] => [
      x + radius * Math.cos(angle),
      y + radius * Math.sin(angle),
    ];
    if (this.#path.length === 0 && end - start >= 2 * Math.PI)
      this.#circle = `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}"`;
    this.lineTo(...at(start));
    // A whole circle has no end that an arc could go to: it is two halves.
    const half = (start + end) / 2;
    for (const angle of [half, end]) {
      const [toX, toY] = at(angle);
      this.#path.push(`A${round(radius)} ${round(radius)} 0 0 1 ${round(toX)} ${round(toY)}`);
    }
  }

  fill(): void {
    this.#draw(`${this.#shape()}${this.#fillText()}`);
  }

  stroke(): void {
    this.#draw(`${this.#shape()} fill="none"${this.#strokeText()}`);
  }

  clip(): void {
    const id = `clip-${++this.#clips}`;
    const path = `<path d="${this.#path.join('')}"${this.#place()}/>`;
    this.#elements.push(`<clipPath id="${id}">${path}</clipPath>`, `<g clip-path="url(#${id})">`);
    this.#open++;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#draw(`<rect ${boxText(x, y, width, height)}${this.#fillText()}`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#draw(`<rect ${boxText(x, y, width, height)} fill="none"${this.#strokeText()}`);
  }

  measureText(text: string): TextMetrics {
    if (!this.#ruler) throw new Error('SvgPen: there is nothing to measure a text with.');
    this.#ruler.font = this.font;
    return this.#ruler.measureText(text);
  }

  fillText(text: string, x: number, y: number, most?: number): void {
    const [, weight = '400', size = '10', family = 'sans-serif'] =
      /^(\d+) ([\d.]+)px (.+)$/.exec(this.font) ?? [];
    const anchor = anchors[this.textAlign];
    const shift = baselines[this.textBaseline];
    const isTooLong = most !== undefined && this.measureText(text).width > most;
    this.#draw(
      `<text x="${round(x)}" y="${round(y)}" font-family="${escapeXml(family)}" font-size="${size}" font-weight="${weight}"` +
        (anchor ? ` text-anchor="${anchor}"` : '') +
        (shift ? ` dy="${shift}"` : '') +
        (isTooLong ? ` textLength="${round(most)}" lengthAdjust="spacingAndGlyphs"` : '') +
        this.#fillText(),
      escapeXml(text),
    );
  }

  drawImage(picture: HTMLCanvasElement, x: number, y: number, width: number, height: number): void {
    const rendering = this.imageSmoothingEnabled ? '' : ' image-rendering="pixelated"';
    const box = boxText(x, y, width, height);
    this.#draw(`<image ${box} preserveAspectRatio="none" href="${picture.toDataURL()}"${rendering}`);
  }

  #draw(element: string, content = ''): void {
    const end = content === '' ? '/>' : `>${content}</text>`;
    this.#elements.push(`${element}${this.#place()}${end}`);
  }

  /** The path's element; a circle alone, a start and two arcs, is one. */
  #shape(): string {
    const isCircle = this.#circle !== '' && this.#path.length === 3;
    return isCircle ? this.#circle : `<path d="${this.#path.join('')}"`;
  }

  #place(): string {
    return this.#transform === '' ? '' : ` transform="${this.#transform}"`;
  }

  #fillText(): string {
    return ` fill="${this.fillStyle as string}"${this.globalAlpha < 1 ? ` fill-opacity="${this.globalAlpha}"` : ''}`;
  }

  #strokeText(): string {
    const dash = this.#dash.length > 0 ? ` stroke-dasharray="${this.#dash.join(' ')}"` : '';
    const join = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`;
    const alpha = this.globalAlpha < 1 ? ` stroke-opacity="${this.globalAlpha}"` : '';
    return ` stroke="${this.strokeStyle as string}" stroke-width="${round(this.lineWidth)}"${dash}${join}${alpha}`;
  }
}

function aboutText({title, description, metadata}: SvgAbout): string {
  const texts = {title, desc: description, metadata};
  return Object.entries(texts)
    .map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`)
    .join('\n');
}

function boxText(x: number, y: number, width: number, height: number): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A text as the content or an attribute of an element; what XML cannot hold becomes a mark. */
function escapeXml(text: string): string {
  const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
  // eslint-disable-next-line no-control-regex
  const held = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
  return held.replace(/[&<>"]/g, character => entities[character] ?? character);
}
