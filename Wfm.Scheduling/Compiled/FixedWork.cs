namespace Wfm.Scheduling.Compiled;

/// <summary>The work of a day that is fixed.</summary>
/// <param name="Exposures">Minutes × exposure weight × 100 of each group worked on.</param>
/// <param name="Parts">What is done on which group when, in order, in minutes of the calendar; empty when that is not known.</param>
/// <param name="Unpaid">When it is interrupted by what is no working time, in minutes of the calendar; <see langword="null"/> when that is not known.</param>
internal sealed record FixedWork((int Group, int Exposure)[] Exposures, (int From, int To, int Group)[] Parts, (int From, int To)[]? Unpaid);
