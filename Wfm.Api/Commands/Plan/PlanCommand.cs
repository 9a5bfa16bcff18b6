using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Forecasting.Models;
using Wfm.Forecasting;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling;

namespace Wfm.Api.Commands.Plan;

/// <summary>What a plan is asked for.</summary>
internal sealed record PlanRequest(
    FileInfo Volumes, int HorizonDays, DirectoryInfo Out, DateTimeZone Zone, double AhtSeconds, double ServiceLevel, double ThresholdSeconds, double? TurnaroundMinutes,
    double ShrinkageFraction, int? Agents, string Policy, int Seed, long Moves);

/// <summary><c>plan</c>: forecast, requirement and roster for a volume file of one's own, without a server or a store.</summary>
internal static class PlanCommand
{
    private const double RosterRisk = 0.8;
    private static readonly double[] RiskLevels = [0.5, 0.8, 0.9];
    private const int Paths = 200;

    public static Command Create()
    {
        var volumes = new Option<FileInfo>("--volumes") { Description = "CSV: series_id,timestamp,count or interval_start,queue,hub,offered,…", Required = true };
        var horizon = new Option<int>("--horizon-days") { Description = "Days to plan after the end of the data.", DefaultValueFactory = _ => 28 };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for forecast.csv, requirement.csv, roster.csv and report.md.", Required = true };
        var zone = new Option<string>("--zone") { Description = "IANA zone of times without an offset, and of the team.", DefaultValueFactory = _ => "UTC" };
        var aht = new Option<double>("--aht-seconds") { Description = "Average handle time where the file has none.", DefaultValueFactory = _ => 300 };
        var level = new Option<double>("--service-level") { Description = "Share answered within the threshold.", DefaultValueFactory = _ => 0.8 };
        var threshold = new Option<double>("--threshold-seconds") { Description = "Longest wait that counts as answered in time.", DefaultValueFactory = _ => 20 };
        var turnaround = new Option<double?>("--turnaround-minutes") { Description = "Makes the work deferrable: all of it done within so many minutes." };
        var shrinkage = new Option<double>("--shrinkage") { Description = "Paid time without work beside breaks, fraction.", DefaultValueFactory = _ => 0.2 };
        var agents = new Option<int?>("--agents") { Description = "People in the team of each series; left out, as many as the requirement needs." };
        var policy = new Option<string>("--policy") { Description = "Labour policy of the sample operation to roster by.", DefaultValueFactory = _ => "ie-working-time-act" };
        var seed = new Option<int>("--seed") { Description = "Seed of paths and search.", DefaultValueFactory = _ => 1 };
        var moves = new Option<long>("--moves") { Description = "Work limit of the roster search.", DefaultValueFactory = _ => 4_000_000 };
        var command = new Command("plan", "Plans a volume file: forecast, requirement and roster as CSV, and a short report.")
        {
            volumes, horizon, output, zone, aht, level, threshold, turnaround, shrinkage, agents, policy, seed, moves,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var request = new PlanRequest(
                    parsed.GetRequiredValue(volumes), parsed.GetValue(horizon), parsed.GetRequiredValue(output),
                    DateTimeZoneProviders.Tzdb.GetZoneOrNull(parsed.GetValue(zone)!) ?? throw new FormatException($"There is no IANA zone '{parsed.GetValue(zone)}'."),
                    parsed.GetValue(aht), parsed.GetValue(level), parsed.GetValue(threshold), parsed.GetValue(turnaround), parsed.GetValue(shrinkage),
                    parsed.GetValue(agents), parsed.GetValue(policy)!, parsed.GetValue(seed), parsed.GetValue(moves));
                await Run(request, Console.Out, cancellationToken);
                return 0;
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or ForecastDataException or SchedulingDataException or ArgumentException)
            {
                await Console.Error.WriteLineAsync($"plan: {e.Message}");
                return 2;
            }
        });
        return command;
    }

    internal static async Task Run(PlanRequest request, TextWriter output, CancellationToken cancellationToken)
    {
        Check(request);
        var watch = Stopwatch.StartNew();
        PlanVolumes volumes;
        await using (var stream = request.Volumes.OpenRead())
        {
            volumes = PlanVolumes.Read(stream, request.Zone);
        }

        request.Out.Create();
        await output.WriteLineAsync($"{volumes.Rows:N0} rows, {volumes.Series.Count} series, {volumes.Rejected.Count} rows left out");
        foreach (var rejection in volumes.Rejected.Take(5))
        {
            await output.WriteLineAsync($"  line {rejection.Line}, {rejection.Field} '{rejection.Value}': {rejection.Reason}");
        }

        var planned = new SeriesPlan[volumes.Series.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, planned.Length), parallel, (i, token) =>
        {
            planned[i] = Plan(volumes.Series[i], request, token);
            return ValueTask.CompletedTask;
        });
        var rosters = PlanRosters(planned, request, cancellationToken);
        await PlanReport.Write(request, volumes, planned, rosters, watch, output, cancellationToken);
    }

    private static void Check(PlanRequest request)
    {
        Require(request.HorizonDays is >= 1 and <= 728, "--horizon-days must lie between 1 and 728", request.HorizonDays);
        Require(request.AhtSeconds > 0 && double.IsFinite(request.AhtSeconds), "--aht-seconds must be above 0", request.AhtSeconds);
        Require(request.ServiceLevel is > 0 and < 1, "--service-level must lie between 0 and 1", request.ServiceLevel);
        Require(request.ThresholdSeconds is >= 0 and <= 86_400, "--threshold-seconds must lie between 0 and 86400", request.ThresholdSeconds);
        Require(request.TurnaroundMinutes is null or > 0 and <= 1e6, "--turnaround-minutes must be above 0", request.TurnaroundMinutes);
        Require(request.ShrinkageFraction is >= 0 and < 1, "--shrinkage is a fraction, at least 0 and below 1", request.ShrinkageFraction);
        Require(request.Agents is null or >= 0 and <= 100_000, "--agents must lie between 0 and 100000", request.Agents);
        Require(request.Moves >= 0, "--moves must be at least 0", request.Moves);
        _ = PlanTeam.Policy(request.Policy); // before minutes of fitting
    }

    private static void Require(bool holds, string rule, object? value)
    {
        if (!holds)
        {
            throw new FormatException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rule}, it is {value}."));
        }
    }

    private static SeriesPlan Plan(PlanSeries series, PlanRequest request, CancellationToken cancellationToken)
    {
        var options = new ForecastOptions { Seed = request.Seed };
        var heldBack = HeldBack.Test(series, options, cancellationToken);
        var history = series.Offered;
        var grid = history.Grid;
        var end = grid.Zone.AtStartOfDay(LastDay(history.End, grid).PlusDays(request.HorizonDays)).ToInstant();
        var steps = grid.StepsUntil(history.End, end);

        var forecast = ForecastEngine.Forecast(history, steps, options, cancellationToken);
        var aht = AhtForecaster.Forecast(history.Start, grid, series.Handled, series.HandleTimeSeconds, steps, request.AhtSeconds);
        var open = forecast.Closed.Length == 0 ? Enumerable.Repeat(true, steps).ToArray() : Array.ConvertAll(forecast.Closed, closed => !closed);
        return new SeriesPlan(series, heldBack, forecast, aht, open, grid.IsCalendar ? [] : Requirements(forecast, aht, open, request));
    }

    /// <summary>The first local day that is wholly after the history.</summary>
    private static LocalDate LastDay(Instant end, Wfm.Forecasting.Series.IntervalGrid grid)
    {
        var local = end.InZone(grid.Zone);
        return local.TimeOfDay == LocalTime.Midnight ? local.Date : local.Date.PlusDays(1);
    }

    private static RequirementCurve[] Requirements(SeriesForecast forecast, double[] aht, bool[] open, PlanRequest request)
    {
        var paths = forecast.SamplePaths(Paths, request.Seed);
        var shrinkage = new double[forecast.Horizon];
        Array.Fill(shrinkage, request.ShrinkageFraction);
        if (request.TurnaroundMinutes is { } minutes)
        {
            var tickets = new DeferrableWork(paths, aht, forecast.Grid.Interval, new DeferrableGoal(Duration.FromMinutes(minutes), 1), shrinkage, open);
            return Array.ConvertAll(RiskLevels, risk => RiskStaffing.Require(tickets, risk));
        }

        var goal = new ImmediateGoal(request.ServiceLevel, Duration.FromSeconds(request.ThresholdSeconds));
        var calls = new ImmediateWork(paths, aht, forecast.Grid.Interval, goal, shrinkage, open);
        return Array.ConvertAll(RiskLevels, risk => RiskStaffing.Require(calls, risk));
    }

    private static List<(SeriesPlan Plan, RosterProblem Problem, RosterResult Result)> PlanRosters(SeriesPlan[] planned, PlanRequest request, CancellationToken cancellationToken)
    {
        var policy = PlanTeam.Policy(request.Policy);
        var rosters = new List<(SeriesPlan, RosterProblem, RosterResult)>();
        foreach (var plan in planned.Where(p => p.Requirements.Count > 0))
        {
            var problem = Problem(plan, policy, request);
            rosters.Add((plan, problem, new RosterSolver().Solve(
                problem, new SolverOptions(request.Seed, request.Moves / planned.Length, Environment.ProcessorCount), null, cancellationToken)));
        }

        return rosters;
    }

    private static RosterProblem Problem(SeriesPlan plan, LabourPolicy policy, PlanRequest request)
    {
        var forecast = plan.Forecast;
        var (zone, interval) = (forecast.Grid.Zone, forecast.Grid.Interval);
        var (first, end) = (LastDay(forecast.Start, forecast.Grid), forecast.Grid.InstantAt(forecast.Start, forecast.Horizon).InZone(zone).Date);
        var monday = first.PlusDays(-1).Next(IsoDayOfWeek.Monday); // contract hours are owed by the week
        var start = Period.DaysBetween(monday, end) >= 7 ? monday : first;
        var days = Math.Min(84, Period.DaysBetween(start, end));
        var origin = zone.AtStartOfDay(start).ToInstant();
        var skip = (int)((origin - forecast.Start) / interval);
        var curve = plan.Requirements.Single(r => r.RiskLevel == RosterRisk).Heads;
        var heads = new double[RosterProblem.CountIntervals(zone, start, days, interval)];
        for (var i = 0; i < heads.Length && i + skip < curve.Length; i++)
        {
            heads[i] = curve[i + skip];
        }

        var perWeek = (int)(Duration.FromDays(7) / interval);
        var count = request.Agents ?? PlanTeam.Size(heads.Chunk(perWeek).Select(week => week.Sum() * interval.TotalHours));
        var (roundTheClock, opens, closes) = OpenHours(heads, origin, interval, zone);
        return new RosterProblem(
            zone, start, days, interval, PlanTeam.People(plan.Series.Id, count), PlanTeam.Shifts(roundTheClock, opens, closes, OpenDays(heads, origin, interval, zone)), [new DemandLine(plan.Series.Id, heads)],
            policy, RosterObjective.Default, [], []);
    }

    /// <summary>Days of the week with heads required; nobody is rostered where the door is shut.</summary>
    private static DaysOfWeek OpenDays(double[] heads, Instant origin, Duration interval, DateTimeZone zone)
    {
        var days = Enumerable.Range(0, heads.Length).Where(i => heads[i] > 0)
            .Aggregate(DaysOfWeek.None, (open, i) => open | (DaysOfWeek)(1 << ((int)(origin + (i * interval)).InZone(zone).DayOfWeek - 1)));
        return days == DaysOfWeek.None ? DaysOfWeek.All : days;
    }

    /// <summary>Earliest and latest local time with heads required on any day.</summary>
    private static (bool RoundTheClock, LocalTime Opens, LocalTime Closes) OpenHours(double[] heads, Instant origin, Duration interval, DateTimeZone zone)
    {
        var times = Enumerable.Range(0, heads.Length).Where(i => heads[i] > 0).Select(i => (origin + (i * interval)).InZone(zone).TimeOfDay).Distinct().Order().ToList();
        if (times.Count == 0)
        {
            return (false, new LocalTime(9, 0), new LocalTime(17, 0));
        }

        var closes = times[^1].PlusTicks(interval.BclCompatibleTicks);
        return (times[0] == LocalTime.Midnight && closes == LocalTime.Midnight, times[0], closes);
    }
}

/// <summary>One series planned.</summary>
internal sealed record SeriesPlan(
    PlanSeries Series, HeldBack? HeldBack, SeriesForecast Forecast, double[] AhtSeconds, bool[] Open, IReadOnlyList<RequirementCurve> Requirements);
