namespace Wfm.Api.Commands.Month;

/// <summary>How much happens in a month at a hub.</summary>
/// <param name="Requests">Requests for leave.</param>
/// <param name="Swaps">Swaps that are done.</param>
/// <param name="Absences">People who are ill for a day.</param>
/// <param name="Trainings">Trainings placed in shifts.</param>
/// <param name="Publish">Whether the newest draft is published first.</param>
/// <param name="Seed">Seed of who does what.</param>
internal sealed record MonthPlan(int Requests, int Swaps, int Absences, int Trainings, bool Publish, int Seed);
