import type { Schemas } from '../../api/client'

export type Plan = Schemas['CapacityPlanResponse']
export type Week = Schemas['CapacityWeekRow']
export type Assumptions = Schemas['CapacityAssumptions']

/** Weeks in which people are more likely missing than not said to be: the probability of a gap is above what the plan allows. */
export const below = (weeks: readonly Week[], level: number): Week[] => weeks.filter(w => w.gapProbability > 1 - level + 1e-9)

/** The week with the largest gap; null where nobody is missing in any. */
export function worstOf(weeks: readonly Week[]): Week | null {
  const worst = weeks.reduce<Week | null>((a, b) => (a === null || b.gap > a.gap ? b : a), null)
  return worst && worst.gap > 0 ? worst : null
}

/** What a reader may change of a plan without writing all its assumptions. */
export interface WhatIf {
  name: string
  /** People who leave in a year, as a fraction. */
  attrition: number
  /** Weeks of training before somebody counts. */
  trainingWeeks: number
  /** The requirement times this. */
  factor: number
  /** A class to hire; none where heads is 0. */
  classHeads: number
  classWeek: number
}

export const whatIfOf = (plan: Plan): WhatIf => ({
  name: '',
  attrition: plan.assumptions.attrition?.yearlyRate ?? 0,
  trainingWeeks: plan.assumptions.trainingWeeks ?? 0,
  factor: 1,
  classHeads: 0,
  classWeek: 0,
})

/** The copy that a reader asks for: all other assumptions stay, the class is one cohort more. */
export function copyOf(plan: Plan, whatIf: WhatIf, className: string): Schemas['CapacityPlanCopyRequest'] {
  const own = plan.assumptions
  const hired = {
    kind: 'hired' as const,
    name: className,
    heads: whatIf.classHeads,
    startWeek: whatIf.classWeek,
    tenureWeeks: 0,
    exposureFactor: 1,
  }
  return {
    name: whatIf.name.trim(),
    requirementFactor: whatIf.factor,
    assumptions: {
      ...own,
      attrition: whatIf.attrition === own.attrition?.yearlyRate ? own.attrition : { yearlyRate: whatIf.attrition },
      trainingWeeks: whatIf.trainingWeeks,
      cohorts: whatIf.classHeads > 0 ? [...(own.cohorts ?? []), hired] : own.cohorts,
    },
  }
}
