import {scalePalette, toHex, type ThemeName} from '../../shared/index.js';
import {computed, effect, signal} from '@preact/signals';
import {themeOf, type Theme} from '../charts/palette.js';
import {view} from '../state/view-state.js';

const systemTheme = signal<ThemeName>('light');

/** The theme on the page: the chosen one, else the system's. */
export const theme = computed<Theme>(() =>
  themeOf(view.theme.value === 'system' ? systemTheme.value : view.theme.value),
);

/** Switches from the system's theme to light, dark and back. */
export function nextTheme(): void {
  const order = ['system', 'light', 'dark'] as const;
  view.theme.value = order[(order.indexOf(view.theme.value) + 1) % order.length] ?? 'system';
}

/** Follows the system's theme, and hands the theme's colours to the style sheet, e.g. `inkSoft` as `--ink-soft`. */
export function applyTheme(): void {
  const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
  const systemChanged = (): void => void (systemTheme.value = systemDark.matches ? 'dark' : 'light');
  systemChanged();
  systemDark.addEventListener('change', systemChanged);
  effect(() => {
    const {style, dataset} = document.documentElement;
    dataset['theme'] = theme.value.name;
    style.colorScheme = theme.value.name;
    for (const [name, colour] of Object.entries(theme.value)) {
      if (typeof colour !== 'string') continue;
      style.setProperty(`--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`, colour);
    }
    const palette = scalePalette(theme.value.scale);
    const stops = [0, 51, 102, 153, 204, 255].map(i =>
      toHex([palette[i * 3] ?? 0, palette[i * 3 + 1] ?? 0, palette[i * 3 + 2] ?? 0]),
    );
    style.setProperty('--scale', `linear-gradient(to right, ${stops.join(', ')})`);
  });
}
