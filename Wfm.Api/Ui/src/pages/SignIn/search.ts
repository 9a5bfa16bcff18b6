import { text } from '../../ui/search'

export interface SignInSearch {
  /** Where the reader wanted to go. */
  next?: string
}

export const signInSearch = (s: Record<string, unknown>): SignInSearch => ({ next: text(s.next) })
