import type { Schemas } from '../../api/client'

export type QueueAccuracy = Schemas['AccuracyGroup']
export type HubDay = Schemas['HubDayAdherence']
export type Figure = Schemas['AdherenceFigure']

/** How much better than copying last week: 1 is perfect, 0 the same, below zero worse; null where either is unknown. */
export function skill({ published, seasonalNaive }: QueueAccuracy): number | null {
  const [own, naive] = [published?.wape, seasonalNaive?.wape]
  return own == null || naive == null || naive === 0 ? null : 1 - own / naive
}

/** The most skilful first; queues without a figure last. */
export const league = (queues: readonly QueueAccuracy[]): QueueAccuracy[] =>
  queues.toSorted(
    (a, b) => (skill(b) ?? Number.NEGATIVE_INFINITY) - (skill(a) ?? Number.NEGATIVE_INFINITY) || a.name.localeCompare(b.name),
  )

type FigureName = 'adherence' | 'conformance' | 'occupancy' | 'plannedShrinkage' | 'unplannedShrinkage'

/** A figure over several days: the sum of what counts ÷ the sum of what it is counted against, so that long days weigh more. */
export function over(days: readonly HubDay[], name: FigureName): Figure | null {
  const figures = days.flatMap(d => (d.figures ? [d.figures[name]] : []))
  const denominator = figures.reduce((s, f) => s + f.denominatorSeconds, 0)
  if (figures.length === 0 || denominator === 0) return null
  const numerator = figures.reduce((s, f) => s + f.numeratorSeconds, 0)
  return {
    value: numerator / denominator,
    numeratorSeconds: numerator,
    denominatorSeconds: denominator,
    formula: figures[0].formula,
  }
}

export const BURDENS = ['nights', 'weekends', 'holidays', 'lateChanges', 'refusedWishes', 'requestsRefused'] as const
export type Burden = (typeof BURDENS)[number]

export interface SpreadRow {
  group: string
  burden: Burden
  people: number
  mean: number
  least: number
  most: number
  deviation: number
  gini: number
}

/** Spreads of burdens inside groups of equals, the widest first; burdens that nobody carried are left out. */
export function spreads(groups: readonly Schemas['FairnessGroupResponse'][]): SpreadRow[] {
  return groups
    .flatMap(g => BURDENS.flatMap(burden => (g.before ? [{ group: g.group, burden, ...g.before[burden] }] : [])))
    .filter(r => r.most > 0)
    .map(({ group, burden, people, mean, least, most, deviation, gini }) => ({
      group,
      burden,
      people,
      mean,
      least,
      most,
      deviation,
      gini,
    }))
    .sort((a, b) => b.deviation - a.deviation || a.group.localeCompare(b.group))
}
