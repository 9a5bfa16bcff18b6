using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>What a rule may look at when it is compiled for a problem.</summary>
internal sealed record RuleContext(RosterProblem Problem, RosterCalendar Calendar, ShiftCatalog Shifts);
