export function Logo({ size = 18 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d="M1 13h3V8H1zM6.500 13h3V3h-3zM12 13h3V6h-3z" fill="var(--accent)" />
    </svg>
  )
}
