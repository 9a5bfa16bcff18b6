const FONT = "'Inter Variable', system-ui, sans-serif"

export const font = (size: number, weight = 400) => `${weight} ${size}px ${FONT}`

/** A context whose unit is a CSS pixel, the canvas as large as it is shown. */
export function fit(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio || 1
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
  }
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser gives no canvas to draw on.')
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return context
}

/** The text cut with an ellipsis so that it is no wider than `width`. */
export function ellipsis(c: CanvasRenderingContext2D, text: string, width: number): string {
  if (c.measureText(text).width <= width) return text
  let cut = text.length
  while (cut > 0 && c.measureText(`${text.slice(0, cut)}…`).width > width) cut--
  return cut > 0 ? `${text.slice(0, cut)}…` : ''
}

export function within(c: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, draw: () => void): void {
  c.save()
  c.beginPath()
  c.rect(x, y, width, height)
  c.clip()
  draw()
  c.restore()
}
