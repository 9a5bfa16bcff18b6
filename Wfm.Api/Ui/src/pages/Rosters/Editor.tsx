import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { Schemas } from '../../api/client'
import type { Hub } from '../../api/queries'
import { Gantt } from '../../charts/gantt/Gantt'
import { type Bar, type Move, moved } from '../../charts/gantt/model'
import { groupColour, paletteOf } from '../../charts/palette'
import { useNow } from '../../time/now'
import { DAY, Zone } from '../../time/zone'
import { Button, Chip, Choice, Segments, Side } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useMay, useZone } from '../../ui/hub'
import { useKeys } from '../../ui/keys'
import { useFormat, usePreferences, useWords } from '../../ui/preferences'
import { Stale } from '../../ui/states'
import { Changes } from './Changes'
import { Chosen } from './Chosen'
import { Figures } from './Figures'
import { Gaps } from './Gaps'
import { barOf, coverageSum, coverageWith, groupsOf, proficiencyOf, rowsOf, sorted } from './model'
import { Publish } from './Publish'
import { comparison, type Gap, type GroupCoverage, type Roster, type Shift, shiftsOf } from './queries'
import { Refused } from './Refused'
import { SORTS, type Sort, ZOOMS, type Zoom } from './search'
import { useEdits } from './useEdits'
import { words } from './words'

const route = getRouteApi('/shell/rosters')
const PIXELS_PER_HOUR: Record<Zoom, number> = { day: 40, week: 7.5, period: 0 }

interface EditorProps {
  hub: Hub
  roster: Roster
  etag: string
  rosters: readonly Roster[]
  shifts: readonly Shift[]
  coverage: readonly GroupCoverage[]
  gaps: readonly Gap[]
  agents: readonly Schemas['AgentResponse'][]
}

export function Editor({ hub, roster, etag, rosters, shifts, coverage, gaps, agents }: EditorProps) {
  const t = useWords()
  const w = useWords(words)
  const format = useFormat()
  const { dark } = usePreferences()
  const zone = useZone()
  const now = useNow()
  const hubZone = Zone.of(hub.timeZone)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (more: Partial<typeof search>) => void navigate({ search: s => ({ ...s, ...more }), replace: true })
  const mayWrite = useMay('writeRosters') && roster.state !== 'superseded'
  const edits = useEdits(roster, etag, shifts, hubZone)
  const [publishing, setPublishing] = useState(false)
  const [gap, setGap] = useState<number | null>(null)
  const [focus, setFocus] = useState<number | null>(null)

  const from = hubZone.startOf(roster.start)
  const to = useMemo(() => hubZone.instant(hubZone.local(from) + roster.days * DAY), [from, hubZone, roster.days])
  const groups = useMemo(() => groupsOf(coverage), [coverage])
  const other = useOther(search.with, roster, rosters)
  const rows = useMemo(() => {
    const all = sorted(rowsOf(agents, shifts), search.sort ?? 'start', hubZone)
    return other.ghosts
      ? all.map(row => ({ ...row, ghosts: other.ghosts?.get(row.id) })).sort((a, b) => Number(!a.ghosts) - Number(!b.ghosts))
      : all
  }, [agents, shifts, search.sort, hubZone, other.ghosts])
  const proficiency = useMemo(() => proficiencyOf(agents), [agents])
  const sum = useMemo(() => coverageSum(coverage, search.group), [coverage, search.group])
  const counted = useMemo(
    () => new Set(search.group ? [search.group] : coverage.filter(c => c.required.some(r => r > 0)).map(c => c.group)),
    [coverage, search.group],
  )
  const coverageOf = useCallback(
    (move: Move | null) => {
      if (!sum) return { start: from, step: 1_800_000, required: [], scheduled: [] }
      return move ? coverageWith(sum, move, counted, proficiency) : sum
    },
    [sum, counted, proficiency, from],
  )
  const rowOf = useMemo(() => new Map(rows.map(r => [r.id, r])), [rows])
  const today = hubZone.date(now)
  const chosenShift = shifts.find(s => s.agent === search.person && (search.day ? s.date === search.day : s.date >= today))
  const chosen = chosenShift ? (rowOf.get(chosenShift.agent)?.bars.find(b => b.id === chosenShift.id) ?? null) : null
  const describe = (bar: Bar) =>
    `${rowOf.get(bar.row)?.name ?? bar.row}, ${format.day(bar.start, zone)} ${format.range(bar.start, bar.end, zone)}, ${bar.group}: ${bar.parts
      .map(p => `${zone.clock(p.start)} ${p.kind === 'work' ? p.group : w.parts[p.kind]}`)
      .join(', ')}`
  const dragged = (move: Move) => {
    const bar = moved(move)
    return w.movedTo(
      rowOf.get(bar.row)?.name ?? bar.row,
      `${format.day(bar.start, zone)} ${format.range(bar.start, bar.end, zone)}`,
    )
  }
  const byHours = useMemo(() => gaps.toSorted((a, b) => b.headHours - a.headHours), [gaps])
  const chooseGap = (index: number) => {
    const one = byHours[index]
    if (!one) return
    setGap(index)
    setFocus(Date.parse(one.at))
    set({ group: one.deadline ? undefined : one.group })
  }
  useKeys([
    { keys: 'n', label: w.nextGap, run: () => chooseGap(gap === null ? 0 : Math.min(byHours.length - 1, gap + 1)) },
    { keys: 'p', label: w.previousGap, run: () => chooseGap(Math.max(0, (gap ?? 0) - 1)) },
  ])
  const columns = useColumns(rowOf, zone)
  const isTable = search.as === 'table'
  const inForce = rosters.find(
    r => r.state === 'published' && r.start === roster.start && r.days === roster.days && r.id !== roster.id,
  )

  return (
    <div className="page">
      <div className="row">
        <h1>{t.pages.rosters}</h1>
        <Choice
          label={w.roster}
          value={roster.id}
          options={rosters.map(r => [r.id, nameOf(r)] as const)}
          onChange={id => set({ roster: id, with: undefined })}
        />
        <span className="muted small wide-only">
          {hub.name}, {hub.timeZone} {hubZone.offsetLabel(from)}
        </span>
        <Chip tone={roster.state === 'published' ? 'ok' : 'warn'}>{w.states[roster.state]}</Chip>
        <span className="grow" />
        {mayWrite && (
          <>
            <Button isDisabled={edits.done.length === 0 || edits.busy} onPress={edits.back}>
              {t.undo}
              {edits.done.length > 0 && ` (${edits.done.length})`}
            </Button>
            <Button isDisabled={edits.undone.length === 0 || edits.busy} onPress={edits.again}>
              {t.redo}
            </Button>
          </>
        )}
        <Download name={`roster-${hub.code}-${roster.start}`} columns={columns} rows={shifts} />
        {mayWrite && roster.state === 'draft' && (
          <Button kind="primary" onPress={() => setPublishing(true)}>
            {w.publish}
          </Button>
        )}
      </div>
      <div className="card padded row">
        <Figures roster={roster} />
        <span className="grow" />
        <Segments<Zoom>
          label={w.zoom}
          value={search.zoom ?? 'week'}
          options={ZOOMS.map(z => [z, w.zooms[z]] as const)}
          onChange={zoom => set({ zoom })}
        />
        <Choice
          label={w.group}
          value={search.group ?? ''}
          options={[['', w.allGroups], ...groups.map(g => [g, g] as const)]}
          onChange={group => set({ group: group || undefined })}
        />
        <Choice<Sort>
          label={w.sort}
          value={search.sort ?? 'start'}
          options={SORTS.map(s => [s, w.sorts[s]] as const)}
          onChange={sort => set({ sort })}
        />
        <Choice
          label={w.compare}
          value={search.with ?? ''}
          options={[['', w.noCompare], ...other.candidates.map(r => [r.id, nameOf(r)] as const)]}
          onChange={id => set({ with: id || undefined })}
        />
      </div>
      <p className="hidden" role="status">
        {edits.told}
      </p>
      <div className="split">
        <div className="card roster">
          {isTable ? (
            <DataTable
              caption={`${t.pages.rosters}, ${hub.name}, ${zone.id}`}
              columns={columns}
              rows={shifts}
              rowKey={s => s.id}
            />
          ) : (
            <Gantt
              label={`${t.pages.rosters}, ${hub.name}, ${w.people(format.full(rows.length))}, ${w.shifts(format.full(shifts.length))}`}
              rows={rows}
              zone={zone}
              from={from}
              to={to}
              pixelsPerHour={PIXELS_PER_HOUR[search.zoom ?? 'week']}
              now={now}
              dark={dark}
              format={format}
              words={{ heads: w.heads, hint: w.hint, ...w.legend }}
              slotOf={group => Math.max(0, groups.indexOf(group))}
              coverage={coverageOf}
              chosen={chosen}
              onChoose={bar => set({ person: bar.row, day: hubZone.date(bar.start) })}
              onDrag={mayWrite ? edits.drag : null}
              onDrop={move => edits.drop(move, dragged(move))}
              verdict={edits.verdict}
              focus={focus ?? (now > from && now < to ? now : from)}
              describe={describe}
            />
          )}
          {edits.isStale && !edits.refusal && <Stale onShow={() => void edits.reload()}>{w.changedSince}</Stale>}
          {edits.refusal && <Refused refusal={edits.refusal} onDismiss={edits.dismiss} onReload={() => void edits.reload()} />}
          <Legend groups={groups} people={rows.length} shifts={shifts.length} />
        </div>
        <Side label={w.gaps}>
          {chosenShift ? (
            <Chosen roster={roster.id} shift={chosenShift} row={rowOf.get(chosenShift.agent)} zone={zone} />
          ) : (
            <p className="muted">{w.choose}</p>
          )}
          {other.comparison && (
            <>
              <p>{w.changed(format.full(other.comparison.peopleChanged), format.full(other.comparison.changes.length))}</p>
              <Changes changes={other.comparison.changes} most={8} nameOf={code => rowOf.get(code)?.name ?? code} />
            </>
          )}
          <h2>{w.gaps}</h2>
          <Gaps roster={roster.id} gaps={byHours} zone={zone} hubZone={hubZone} chosen={gap} onChoose={chooseGap} />
        </Side>
      </div>
      {publishing && (
        <Publish
          roster={roster}
          etag={edits.version}
          inForce={inForce}
          nameOf={code => rowOf.get(code)?.name ?? code}
          onClose={() => setPublishing(false)}
          onPublished={() => {
            setPublishing(false)
            void edits.reload()
          }}
        />
      )}
    </div>
  )

  function nameOf(r: Roster) {
    const start = hubZone.startOf(r.start)
    const end = hubZone.instant(hubZone.local(start) + (r.days - 1) * DAY)
    return `${format.day(start, hubZone)} – ${format.day(end, hubZone)} · ${w.revision(String(r.revision))} · ${w.states[r.state]}`
  }
}

/** The version that this one is compared with: its shifts on days that differ, as ghosts. */
function useOther(id: string | undefined, roster: Roster, rosters: readonly Roster[]) {
  const candidates = rosters.filter(r => r.id !== roster.id && r.start === roster.start && r.days === roster.days)
  const other = candidates.find(r => r.id === id)
  const compared = useQuery({ ...comparison(roster.id, other?.id ?? ''), enabled: other !== undefined })
  const shifts = useQuery({ ...shiftsOf(other?.id ?? '', roster.start, roster.days), enabled: other !== undefined })
  const ghosts = useMemo(() => {
    if (!other || !compared.data || !shifts.data) return null
    const changed = new Set(compared.data.changes.map(c => `${c.agent} ${c.date}`))
    const byPerson = new Map<string, Bar[]>(compared.data.changes.map(c => [c.agent, []]))
    for (const s of shifts.data) if (changed.has(`${s.agent} ${s.date}`)) byPerson.get(s.agent)?.push(barOf(s, s.id))
    return byPerson
  }, [other, compared.data, shifts.data])
  return { candidates, ghosts, comparison: other ? compared.data : undefined }
}

function Legend({ groups, people, shifts }: { groups: readonly string[]; people: number; shifts: number }) {
  const w = useWords(words)
  const format = useFormat()
  const { dark } = usePreferences()
  return (
    <div className="legend padded">
      {groups.map((group, i) => (
        <span key={group}>
          <i style={{ background: groupColour(paletteOf(dark), i).fill }} />
          {group}
        </span>
      ))}
      <span>
        <i className="break" />
        {w.parts.break}
      </span>
      <span>
        <i className="meal" />
        {w.parts.meal}
      </span>
      <span>
        <i className="wellness" />
        {w.parts.wellness}
      </span>
      <span className="grow" />
      <span>
        {w.people(format.full(people))} · {w.shifts(format.full(shifts))}
      </span>
    </div>
  )
}

function useColumns(rowOf: ReadonlyMap<string, { name: string }>, zone: Zone): Column<Shift>[] {
  const w = useWords(words)
  const format = useFormat()
  return [
    { head: w.person, value: s => rowOf.get(s.agent)?.name ?? s.agent },
    { head: w.day, value: s => s.date, show: s => format.day(Date.parse(s.start), zone) },
    { head: w.start, value: s => s.start, show: s => zone.clock(Date.parse(s.start)) },
    { head: w.end, value: s => s.end, show: s => zone.clock(Date.parse(s.end)) },
    { head: w.group, value: s => barOf(s, s.id).group },
    { head: w.template, value: s => s.template },
    { head: w.paidHours, value: s => s.paidMinutes / 60, number: true },
  ]
}
