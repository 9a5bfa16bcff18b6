/** Arithmetic on colours for the tests of the palette: contrast (WCAG 2.2) and distance (OKLab) as people with each kind of sight see it. */
type Triple = readonly [number, number, number]

export const SIGHTS = ['normal', 'protan', 'deutan', 'tritan'] as const
export type Sight = (typeof SIGHTS)[number]

// Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
const SEEN: Record<Sight, readonly Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** Linear RGB of `#rrggbb`, each in [0, 1]. */
function linear(hex: string): Triple {
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

export const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex))

/** From 1 to 21; text wants 4.5, marks and edges 3. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

/** Björn Ottosson's OKLab of linear RGB. */
function oklab(rgb: Triple): Triple {
  const l = Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], rgb))
  const m = Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], rgb))
  const s = Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], rgb))
  const lms: Triple = [l, m, s]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], lms),
    dot([1.9779984951, -2.428592205, 0.4505937099], lms),
    dot([0.0259040371, 0.7827717662, -0.808675766], lms),
  ]
}

/** Euclidean distance in OKLab as one kind of sight sees it; below 0.1 two fills side by side are hard to tell apart. */
export function distance(a: string, b: string, sight: Sight): number {
  const seen = (hex: string) => {
    const rgb = linear(hex)
    const clamp = (row: Triple) => Math.min(1, Math.max(0, dot(row, rgb)))
    return oklab([clamp(SEEN[sight][0]), clamp(SEEN[sight][1]), clamp(SEEN[sight][2])])
  }
  const [x, y] = [seen(a), seen(b)]
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2])
}
