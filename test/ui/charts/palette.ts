import test from 'ava';
import {oklabToRgb, parseHex, rgbToOklab, scalePalette, toHex, type Rgb} from '#src/shared/index.js';
import {classColour, colourOfCompared, dark, light, runColour} from '#ui/charts/palette.js';
import {runSlotCount} from '#ui/state/run-slots.js';

/** Machado et al. 2009, severity 1: what is left of linear RGB under each kind of colour blindness. */
const visions: Record<string, number[]> = {
  full: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seenWith(matrix: number[], hex: string): Rgb {
  const linear = parseHex(hex).map(c =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  return [0, 1, 2].map(row => {
    const value = linear.reduce((sum, c, i) => sum + c * (matrix[row * 3 + i] ?? 0), 0);
    const clipped = Math.min(1, Math.max(0, value));
    return 255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055);
  }) as unknown as Rgb;
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = parseHex(hex).map(c =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

for (const theme of [light, dark]) {
  for (const [vision, matrix] of Object.entries(visions)) {
    test(`class colours of the ${theme.name} theme stay apart with ${vision} vision`, t => {
      const seen = theme.classes.map(hex => rgbToOklab(seenWith(matrix, hex)));
      const distances = seen.flatMap((a, i) =>
        seen.slice(0, i).map(b => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
      );
      // 0.02 is about a just noticeable difference in OKLab; the usual ten-colour sets reach 0.04 to 0.06 here.
      t.true(Math.min(...distances) > 0.085, `nearest pair: ${Math.min(...distances).toFixed(3)}`);
    });
  }

  test(`text of the ${theme.name} theme reads on every surface`, t => {
    for (const ink of [theme.ink, theme.inkSoft, theme.inkFaint]) {
      for (const surface of [theme.page, theme.panel]) t.true(contrast(ink, surface) >= 4.5);
    }
  });

  test(`the sequential scale of the ${theme.name} theme goes one way in lightness, in even steps`, t => {
    const palette = scalePalette(theme.scale);
    const lightness = Array.from(
      {length: 256},
      (_, i) => rgbToOklab([palette[i * 3] ?? 0, palette[i * 3 + 1] ?? 0, palette[i * 3 + 2] ?? 0])[0],
    );
    const direction = theme.name === 'light' ? -1 : 1;
    for (let i = 16; i < 256; i += 16) {
      const step = direction * ((lightness[i] ?? 0) - (lightness[i - 16] ?? 0));
      t.true(step > 0.015 && step < 0.09, `step to ${i}: ${step.toFixed(3)}`);
    }
  });
}

for (const theme of [light, dark]) {
  test(`no class or run takes the colour of another in the ${theme.name} theme: beyond the palette all share one grey`, t => {
    for (const count of [2, 3, 10, 21, 47, 100, 300]) {
      const colours = Array.from({length: count}, (_, i) => classColour(theme, i));
      t.deepEqual(colours.slice(0, 10), theme.classes.slice(0, count));
      t.true(colours.slice(10).every(colour => colour === theme.rest));
    }
    const runs = Array.from({length: runSlotCount}, (_, i) => runColour(theme, i));
    t.is(new Set([...runs, runColour(theme, null)]).size, runSlotCount + 1);
    t.false([...theme.classes, ...theme.runs].includes(theme.rest));
  });

  test(`lines of every colour are seen on the grounds of the ${theme.name} theme`, t => {
    for (const colour of [...theme.classes, ...theme.runs, theme.rest]) {
      for (const ground of [theme.page, theme.panel]) {
        t.true(
          contrast(colour, ground) >= 3,
          `${colour} on ${ground}: ${contrast(colour, ground).toFixed(2)}`,
        );
      }
    }
  });

  test(`a few compared classes have a colour each in the ${theme.name} theme, also of the rest`, t => {
    for (const compared of [
      [3, 8],
      [2, 47, 99],
      [12, 20, 300],
    ]) {
      t.is(new Set(compared.map(index => colourOfCompared(theme, index, compared))).size, compared.length);
    }
  });
}

test('a class and a run have the same hue in both themes', t => {
  const hueOf = (hex: string): number => {
    const [, a, b] = rgbToOklab(parseHex(hex));
    return Math.atan2(b, a);
  };
  for (const of of ['classes', 'runs'] as const) {
    light[of].forEach((hex, i) => {
      const turn = hueOf(hex) - hueOf(dark[of][i] ?? '');
      const apart = Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)));
      t.true(apart < 0.35, `${of} ${i}: ${apart.toFixed(2)} radians apart`);
    });
  }
});

test('OKLab and back gives the same colour', t => {
  for (const hex of [...light.classes, '#000000', '#ffffff'])
    t.is(toHex(oklabToRgb(rgbToOklab(parseHex(hex)))), hex);
});
