import { useState } from 'react'
import { useWidth } from '../../charts/useWidth'
import { HOUR, MINUTE } from '../../time/zone'
import { useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import type { Group, Snapshot } from './model'
import { words } from './words'

const ROW = 22

/** Heads that each group has beyond or lacks of what the rest of the day needs, by interval. */
export function Heads({ day, groups }: { day: Snapshot; groups: ReadonlyMap<string, Group> }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const [frame, width] = useWidth<HTMLDivElement>()
  const [over, setOver] = useState<string | null>(null)
  const { from, to } = { from: Date.parse(day.at), to: Date.parse(day.dayEnd) }
  const length = day.intervalMinutes * MINUTE
  const shown = [...groups.values()].filter(g => g.items.some(i => i.required > 0 || i.scheduled > 0))
  if (shown.length === 0 || to - from < length) return null
  const most = Math.max(1, ...shown.flatMap(g => g.items.map(i => Math.abs(i.gap))))
  const x = (t: number) => ((Math.max(from, t) - from) / (to - from)) * width
  return (
    <section className="card today-heads" aria-label={w.heads}>
      <h2 className="padded">
        {w.heads} <span className="small muted">{over ?? w.headsNote}</span>
      </h2>
      <div className="today-grid two">
        <span />
        <div ref={frame} className="row small muted" style={{ justifyContent: 'space-between' }}>
          <span>{zone.clock(from)}</span>
          {to - from > 3 * HOUR && <span>{zone.clock((from + to) / 2)}</span>}
          <span>{zone.clock(to)}</span>
        </div>
        {shown.map(group => (
          <HeadsRow
            key={group.group}
            group={group}
            most={most}
            x={x}
            length={length}
            width={width}
            onOver={i =>
              setOver(
                i === null
                  ? null
                  : w.headsAt(
                      `${group.group} ${format.range(Date.parse(group.items[i].start), Date.parse(group.items[i].start) + length, zone)}`,
                      format.figure(group.items[i].required),
                      format.figure(group.items[i].scheduled),
                      format.figure(group.items[i].present),
                    ),
              )
            }
          />
        ))}
      </div>
    </section>
  )
}

interface RowProps {
  group: Group
  most: number
  length: number
  width: number
  x(t: number): number
  onOver(index: number | null): void
}

function HeadsRow({ group, most, x, length, width, onOver }: RowProps) {
  const format = useFormat()
  const w = useWords(words)
  const lacks = group.items.reduce((sum, i) => sum + Math.max(0, i.gap), 0) * (length / HOUR)
  return (
    <>
      <div className="today-name">
        <b>{group.group}</b>
      </div>
      <svg
        width={Math.max(1, width)}
        height={ROW}
        role="img"
        aria-label={w.lacks(group.group, format.hours(lacks))}
        onPointerLeave={() => onOver(null)}
      >
        {group.items.map((item, i) => {
          const t = Date.parse(item.start)
          const size = Math.abs(item.gap) / most
          const wide = x(t + length) - x(t)
          return (
            <g key={item.start} onPointerEnter={() => onOver(i)}>
              <rect
                x={x(t)}
                y={1}
                width={Math.max(0.5, wide - 1)}
                height={ROW - 2}
                fill={item.gap > 0 ? 'var(--under)' : 'var(--over)'}
                fillOpacity={item.gap === 0 ? 0.06 : 0.14 + 0.7 * size}
              />
              {item.gap >= 0.5 && wide >= 18 && (
                <text
                  x={x(t) + wide / 2}
                  y={15}
                  textAnchor="middle"
                  className="tick"
                  style={{ fill: size > 0.5 ? 'var(--surface)' : 'var(--text)' }}
                >
                  −{Math.round(item.gap)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
    </>
  )
}
