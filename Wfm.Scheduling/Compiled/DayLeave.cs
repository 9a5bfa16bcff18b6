using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Compiled;

/// <summary>What leave makes of a local day of an agent, as <see cref="HoursDue"/> reckons it. It stays with the day whatever is rostered on it.</summary>
/// <param name="Credit">Minutes of paid leave: they count towards the contract's maximum as if they had been worked.</param>
/// <param name="IsAway">Paid leave takes all usual hours of a usual day, so that it counts as one of the days of the week.</param>
/// <param name="NeutralOf">How many usual days the week has, when the day is one of them and leave that averages of working time leave out takes it: they
/// leave out that part of the week. Else 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DayLeave(short Credit, bool IsAway, byte NeutralOf);
