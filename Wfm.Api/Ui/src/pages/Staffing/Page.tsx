import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import './staffing.css'
import type { Hub } from '../../api/queries'
import { type Cell, Heat } from '../../charts/heat/Heat'
import { boundsOf } from '../../charts/heat/model'
import { MINUTE } from '../../time/zone'
import { Choice, Figure } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useHub, useMay, useZone } from '../../ui/hub'
import { NoHub } from '../../ui/NoHub'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Empty, NoPermission } from '../../ui/states'
import { coverageOf, type Roster, rostersOf } from '../Rosters/queries'
import { Deferrable } from './Deferrable'
import { Explained } from './Explained'
import { balanceOf, byLack, type Coverage, gridOf, isDeferrable } from './model'
import { words } from './words'

const route = getRouteApi('/shell/staffing')

/** How many people, when, why that number? */
export function Staffing() {
  const may = useMay('readRosters')
  const hub = useHub()
  if (!may) return <NoPermission permission="readRosters" />
  return hub ? <OfHub hub={hub} /> : <NoHub />
}

function OfHub({ hub }: { hub: Hub }) {
  const t = useWords()
  const w = useWords(words)
  const query = useQuery(rostersOf(hub.code))
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <div className="page">
      <Await query={query} skeleton={<Bars rows={14} />}>
        {rosters => {
          const roster = rosters.find(r => r.id === search.roster) ?? rosters.find(r => r.state === 'published') ?? rosters[0]
          return (
            <>
              <div className="row">
                <h1>{t.pages.staffing}</h1>
                <span className="muted wide-only">{w.question}</span>
                <span className="grow" />
                {roster && (
                  <Choice
                    label={w.roster}
                    value={roster.id}
                    options={rosters.map(
                      r => [r.id, w.rosterFrom(r.start, String(r.days), w.rosterStates[r.state], String(r.revision))] as const,
                    )}
                    onChange={id => void navigate({ search: s => ({ ...s, roster: id, at: undefined }) })}
                  />
                )}
              </div>
              {roster ? (
                <OfRoster key={roster.id} roster={roster} />
              ) : (
                <Empty action={<Link to="/rosters">{t.pages.rosters}</Link>}>{w.noRoster}</Empty>
              )}
            </>
          )
        }}
      </Await>
    </div>
  )
}

function OfRoster({ roster }: { roster: Roster }) {
  const w = useWords(words)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(coverageOf(roster.id))
  return (
    <Await query={query} skeleton={<Bars rows={12} />}>
      {all => {
        const groups = byLack(all)
        const group = groups.find(g => g.group === search.group) ?? groups[0]
        return group ? (
          <>
            <div className="row">
              <Choice
                label={w.group}
                value={group.group}
                options={groups.map(g => [g.group, g.group] as const)}
                onChange={name => void navigate({ search: s => ({ ...s, group: name }) })}
              />
            </div>
            <OfGroup key={group.group} roster={roster} group={group} />
          </>
        ) : (
          <Empty>{w.noGroup}</Empty>
        )
      }}
    </Await>
  )
}

interface IntervalRow {
  start: number
  required: number
  scheduled: number
}

function OfGroup({ roster, group }: { roster: Roster; group: Coverage }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const { as, at } = route.useSearch()
  const navigate = route.useNavigate()
  const start = Date.parse(group.start)
  const length = group.intervalMinutes * MINUTE
  const balance = useMemo(() => balanceOf(group), [group])
  const grid = useMemo(() => gridOf(start, group.intervalMinutes, group.required.length, zone), [start, group, zone])
  const value = useCallback(
    (row: number, column: number) => {
      const i = grid.index(row, column)
      return i === null ? null : balance.difference[i]
    },
    [grid, balance],
  )
  const rows: IntervalRow[] = useMemo(
    () => group.required.map((required, i) => ({ start: start + i * length, required, scheduled: group.scheduled[i] })),
    [group, start, length],
  )
  const days = useMemo(() => grid.days.map(d => format.day(d.start, zone)), [grid, format, zone])
  const hours = useMemo(
    () =>
      Array.from({ length: grid.columns }, (_, i) =>
        (i * group.intervalMinutes) % 60 === 0 ? `${String((i * group.intervalMinutes) / 60).padStart(2, '0')}:00` : null,
      ),
    [grid, group],
  )
  const chosenAt = at ? Date.parse(at) : balance.worst === null ? null : start + balance.worst * length
  const chosen = useMemo(() => (chosenAt === null ? null : grid.cell(chosenAt)), [grid, chosenAt])
  const index = chosen && grid.index(chosen.row, chosen.column)
  const columns: Column<IntervalRow>[] = [
    {
      head: w.interval,
      value: r => new Date(r.start).toISOString(),
      show: r => `${format.day(r.start, zone)} ${format.range(r.start, r.start + length, zone)}`,
    },
    { head: w.required, value: r => Math.round(r.required * 100) / 100, number: true },
    { head: w.scheduled, value: r => Math.round(r.scheduled * 100) / 100, number: true },
    {
      head: w.difference,
      value: r => Math.round((r.scheduled - r.required) * 100) / 100,
      show: r => format.signed(r.scheduled - r.required),
      number: true,
    },
  ]
  const choose = (cell: Cell) => {
    const i = grid.index(cell.row, cell.column)
    if (i !== null) void navigate({ search: s => ({ ...s, at: new Date(start + i * length).toISOString() }), replace: true })
  }
  const say = (cell: Cell) => {
    const i = grid.index(cell.row, cell.column)
    if (i === null) return ''
    return w.cell(
      `${format.day(rows[i].start, zone)} ${format.range(rows[i].start, rows[i].start + length, zone)}`,
      format.figure(rows[i].required),
      format.figure(rows[i].scheduled),
      format.signed(balance.difference[i]),
    )
  }
  return (
    <>
      <div className="row">
        {!isDeferrable(group) && (
          <div className="figures grow">
            <Figure
              value={format.hours(balance.missingHours)}
              label={w.missing}
              tone={balance.missingHours > 0 ? 'under' : 'ok'}
              formula={w.missingFormula}
            />
            <Figure value={format.hours(balance.spareHours)} label={w.spare} tone="over" formula={w.spareFormula} />
            <Figure value={format.percent(group.coverage)} label={w.coverage} formula={w.coverageFormula} />
          </div>
        )}
        <Download name={`staffing-${roster.hub}-${group.group}-${roster.start}`} columns={columns} rows={rows} />
      </div>
      {as === 'table' ? (
        <div className="card stack grow staffing-table">
          <DataTable caption={`${group.group}, ${w.headsIn(zone.id)}`} columns={columns} rows={rows} rowKey={r => r.start} />
        </div>
      ) : isDeferrable(group) ? (
        <p className="muted">{w.allWaits}</p>
      ) : (
        <div className="split staffing">
          <div className="card padded stack">
            <Legend most={balance.most} />
            <Heat
              label={w.heat}
              rows={days}
              columns={hours}
              value={value}
              most={balance.most}
              chosen={chosen}
              onChoose={choose}
              say={say}
            />
            <p className="small muted">{w.headsIn(zone.id)}</p>
          </div>
          <aside className="card side stack" aria-label={w.why}>
            {index !== null && chosen ? (
              <>
                <h2>{say(chosen)}</h2>
                <Explained
                  roster={roster}
                  group={group.group}
                  at={new Date(rows[index].start).toISOString()}
                  minutes={group.intervalMinutes}
                  scheduled={rows[index].scheduled}
                  required={rows[index].required}
                />
              </>
            ) : (
              <p className="muted">{w.chooseCell}</p>
            )}
          </aside>
        </div>
      )}
      {group.deferrable.length > 0 && <Deferrable group={group} />}
    </>
  )
}

function Legend({ most }: { most: number }) {
  const w = useWords(words)
  const format = useFormat()
  return (
    <div className="legend">
      {boundsOf(most).map(b => (
        <span key={b.step}>
          <i style={{ background: `var(--heat-${b.step})` }} />
          {b.step === 4
            ? w.enough
            : `${format.signed(Math.round(b.from * 10) / 10)} … ${format.signed(Math.round(b.to * 10) / 10)}`}
        </span>
      ))}
    </div>
  )
}
