import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../../api/problems'
import type { Verdict } from '../../charts/gantt/Gantt'
import type { Move } from '../../charts/gantt/model'
import type { Zone } from '../../time/zone'
import { useKeys } from '../../ui/keys'
import { useWords } from '../../ui/preferences'
import { firstBroken, operationsOf, patched } from './model'
import {
  check,
  coverageOf,
  type Effect,
  edit,
  type Finding,
  type GroupCoverage,
  type Operation,
  type Roster,
  roster,
  type Shift,
  undo,
} from './queries'
import { words } from './words'

interface Step {
  /** Number of the edit that the step takes back. */
  number: number
  name: string
}

export interface Refusal {
  /** The hard rules that stand in the way; empty where it is about something else. */
  findings: readonly Finding[]
  error: ApiProblem
}

type Job = { kind: 'edit'; operations: Operation[]; name: string } | { kind: 'undo' | 'redo'; step: Step }

/** Edits of one roster, each decided by the server and taken back by it; what it answers is what is shown. */
export function useEdits(shown: Roster, etag: string, shifts: readonly Shift[], hubZone: Zone) {
  const t = useWords()
  const w = useWords(words)
  const client = useQueryClient()
  const [seen, setSeen] = useState(etag)
  const [done, setDone] = useState<readonly Step[]>([])
  const [undone, setUndone] = useState<readonly Step[]>([])
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [told, tell] = useState('')
  const { verdict, ask, forget } = useVerdict(shown.id, shifts, hubZone)

  const run = useMutation({
    mutationFn: (job: Job) =>
      job.kind === 'edit' ? edit(shown.id, seen, w.moveReason, job.operations) : undo(shown.id, seen, job.step.number),
    onSuccess: ({ data, etag: next }, job) => {
      const step: Step = { number: data.number ?? 0, name: job.kind === 'edit' ? job.name : job.step.name }
      setSeen(next)
      setRefusal(null)
      setDone(steps => (job.kind === 'undo' ? steps.slice(0, -1) : [...steps, step]))
      setUndone(steps => (job.kind === 'undo' ? [...steps, step] : job.kind === 'redo' ? steps.slice(0, -1) : []))
      tell(job.kind === 'undo' ? `${w.taken}: ${step.name}` : step.name)
      client.setQueryData(roster(shown.id).queryKey, old => old && { ...old, etag: next })
      applyEffect(data)
      for (const part of ['shifts', 'gaps']) void client.invalidateQueries({ queryKey: ['roster', shown.id, part] })
      void client.invalidateQueries({ queryKey: roster(shown.id).queryKey, exact: true })
    },
    onError: error => {
      if (error instanceof ApiProblem) setRefusal({ error, findings: findingsOf(error) })
    },
    onSettled: forget,
  })

  /** Shows at once what the answer says; the exact shifts follow. */
  const applyEffect = (effect: Effect) => {
    client.setQueryData<GroupCoverage[]>(coverageOf(shown.id).queryKey, old => old && patched(old, effect.coverage))
    client.setQueryData<Shift[]>(['roster', shown.id, 'shifts'], old => old && withDays(old, effect))
  }

  useKeys([
    { keys: 'mod+z', label: t.undo, run: () => back() },
    { keys: 'mod+shift+z', label: t.redo, run: () => again() },
  ])
  const back = () => {
    const step = done.at(-1)
    if (step && !run.isPending) run.mutate({ kind: 'undo', step })
  }
  const again = () => {
    const step = undone.at(-1)
    if (step && !run.isPending) run.mutate({ kind: 'redo', step })
  }

  return {
    done,
    undone,
    refusal,
    told,
    verdict,
    busy: run.isPending,
    version: seen,
    /** True when the server has another version than the one that is shown. */
    isStale: etag !== seen && !run.isPending,
    dismiss: () => setRefusal(null),
    async reload() {
      setRefusal(null)
      const { etag: newest } = await client.fetchQuery({ ...roster(shown.id), staleTime: 0 })
      await client.invalidateQueries({ queryKey: ['roster', shown.id] })
      setSeen(newest)
      setDone([])
      setUndone([])
    },
    drag: ask,
    drop(move: Move, name: string) {
      const shift = shifts.find(s => s.id === move.bar.id)
      if (shift && !run.isPending) run.mutate({ kind: 'edit', operations: operationsOf(move, shift, hubZone), name })
    },
    back,
    again,
  }
}

/** Asks the server what it would say, once the drag has rested for a moment. */
function useVerdict(id: string, shifts: readonly Shift[], hubZone: Zone) {
  const w = useWords(words)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; abort: AbortController } | null>(null)
  const forget = () => {
    clearTimeout(pending.current?.timer)
    pending.current?.abort.abort()
    pending.current = null
    setVerdict(null)
  }
  useEffect(
    () => () => {
      clearTimeout(pending.current?.timer)
      pending.current?.abort.abort()
    },
    [],
  )
  const ask = (move: Move) => {
    const shift = shifts.find(s => s.id === move.bar.id)
    forget()
    if (!shift) return
    setVerdict({ text: w.checking, bad: false })
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const effect = await check(id, w.moveReason, operationsOf(move, shift, hubZone), abort.signal)
        const broken = firstBroken(effect.broken)
        if (!abort.signal.aborted) setVerdict(broken ? { text: broken.message, bad: true } : { text: w.allowed, bad: false })
      } catch (error) {
        if (!abort.signal.aborted) setVerdict({ text: error instanceof Error ? error.message : '', bad: true })
      }
    }, 90)
    pending.current = { timer, abort }
  }
  return { verdict, ask, forget }
}

const findingsOf = (error: ApiProblem): readonly Finding[] =>
  (error.problem as { findings?: Finding[] } | undefined)?.findings ?? []

/** Shifts with the days that an edit has changed. */
function withDays(shifts: readonly Shift[], effect: Effect): Shift[] {
  const changed = new Map(effect.days.map(d => [`${d.agent} ${d.date}`, d]))
  const kept = shifts.filter(s => !changed.has(`${s.agent} ${s.date}`))
  const template = shifts[0]
  const added = effect.days.flatMap(day => {
    const before = shifts.find(s => s.agent === day.agent && s.date === day.date)
    return day.after
      ? [
          {
            ...(before ?? template),
            id: before?.id ?? `${day.agent} ${day.date}`,
            agent: day.agent,
            date: day.date,
            ...day.after,
          },
        ]
      : []
  })
  return [...kept, ...added]
}
