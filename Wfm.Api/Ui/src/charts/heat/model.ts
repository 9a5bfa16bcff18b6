/** Steps of the diverging palette: three of too few, one of enough, three of too many. */
export const STEPS = 7

/** Half the width of the middle step: less than half a head is neither too few nor too many. */
export const NEAR = 0.5

/** The step of a difference, from 1 (far too few) to 7 (far too many); `most` is the largest difference in the picture. */
export function stepOf(difference: number, most: number): number {
  if (Math.abs(difference) < NEAR) return 4
  const share = Math.abs(difference) / Math.max(most, NEAR)
  const far = share > 2 / 3 ? 3 : share > 1 / 3 ? 2 : 1
  return 4 + Math.sign(difference) * far
}

/** The bounds of the steps in words of numbers, from the lowest: `−6 to −4`. */
export function boundsOf(most: number): { step: number; from: number; to: number }[] {
  const third = Math.max(most, NEAR) / 3
  const outer = [
    { from: NEAR, to: third },
    { from: third, to: 2 * third },
    { from: 2 * third, to: 3 * third },
  ]
  return [
    ...outer.toReversed().map((b, i) => ({ step: 1 + i, from: -b.to, to: -b.from })),
    { step: 4, from: -NEAR, to: NEAR },
    ...outer.map((b, i) => ({ step: 5 + i, ...b })),
  ]
}

/** The cell that an arrow key leads to; a cell stays where the row has no other. */
export function moved(at: { row: number; column: number }, key: string, rows: number, columns: number) {
  const by = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    Home: [0, -columns],
    End: [0, columns],
    PageUp: [-7, 0],
    PageDown: [7, 0],
  }[key]
  if (!by) return null
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value))
  return { row: clamp(at.row + by[0], rows - 1), column: clamp(at.column + by[1], columns - 1) }
}
