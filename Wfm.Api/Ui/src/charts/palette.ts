import tokens from '../styles/tokens.css?raw'

export type Theme = 'light' | 'dark'

/** The colour tokens of one theme by name, such as `accent`. */
export type Palette = Readonly<Record<string, string>>

/** Reads the pairs `--name: light-dark(#aaa, #bbb)` from the text of the tokens. */
export function readPalette(css: string, theme: Theme): Palette {
  const pairs = css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]+),\s*(#[0-9a-f]+)\)/gi)
  return Object.fromEntries([...pairs].map(([, name, light, dark]) => [name, theme === 'light' ? light : dark]))
}

const palettes = { light: readPalette(tokens, 'light'), dark: readPalette(tokens, 'dark') }

/** The colours for a canvas, which knows no custom properties. */
export const paletteOf = (dark: boolean): Palette => (dark ? palettes.dark : palettes.light)

/** Six hues; a seventh group repeats the first, with a hatch. */
export const GROUPS = 6

export function groupColour(palette: Palette, slot: number): { fill: string; ink: string; hatched: boolean } {
  const n = (slot % GROUPS) + 1
  return { fill: palette[`group-${n}`], ink: palette[`group-${n}-ink`], hatched: slot >= GROUPS }
}
