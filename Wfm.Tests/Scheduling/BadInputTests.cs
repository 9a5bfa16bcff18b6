using System.Linq.Expressions;
using System.Reflection;
using NodaTime;
using Wfm.Scheduling.Capacity;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Blending;
using Wfm.Scheduling.Staffing.Deferrable;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Tests.Scheduling;

/// <summary>
/// Every public entry point of staffing, simulation and capacity is called once with good arguments and then with each argument spoilt in every way that its
/// type
/// allows. Each spoilt call must be refused by name, for arrays with the index; nothing is clamped and nothing slips through.
/// </summary>
public sealed class BadInputTests
{
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration Minute = Duration.FromMinutes(1);
    private static readonly double[] Two = [1, 1];
    private static readonly double[] Zeros = [0, 0];
    private static readonly bool[] Open = [true, true];
    private static readonly double[][] Paths = [[1, 1], [1, 1]];
    private static readonly ImmediateGoal Calls = new(0.8, Minute);
    private static readonly DeferrableGoal Promise = new(Hour, 0.9);
    private static readonly DeferrableClass[] Tickets = [new("tickets", [1, 1], Hour)];
    private static readonly ImmediateWork ImmediateWork = new(Paths, Two, Hour, Calls, Zeros, Open);
    private static readonly DeferrableWork DeferrableWork = new(Paths, Two, Hour, Promise, Zeros, Open);
    private static readonly SimulatedQueue Queue = new("voice", Paths, Two, Calls);
    private static readonly SimulatedAgent Agent = new("agent", [new AgentSkill(0)], [new WorkingPeriod(Duration.Zero, Hour)]);
    private static readonly RosteredPerson Rostered = new("agent", [], []);
    private static readonly ServiceScenario Scenario = new([Queue], [Agent], Hour);
    private static readonly AttritionCurve Attrition = AttritionCurve.Yearly(0.2);
    private static readonly CapacityRequirement Required = CapacityRequirement.OfFte([[1, 1], [1, 1]]);
    private static readonly CapacityScenario Plan = new("plan", Required, [Cohort.Starting("there", 1, 60)], Attrition, LearningCurve.None, 0);
    private static readonly CapacityScenario Short = Plan.With("short", CapacityRequirement.OfFte([[2, 2], [2, 2]]));

    // Arguments that are right although their kind is usually wrong.
    private static readonly HashSet<string> ZeroIsFine = ["Threshold", "threshold", "youngest", "oldest", "warmUp", "start", "end", "End", "Start"];
    private static readonly HashSet<string> AnyNumberIsFine = ["seed", "lower", "upper", "position"];

    private static readonly HashSet<string> AnyLengthIsFine = ["arrivingHours", "severityWeights", "weeklyHazard"];

    private static readonly Expression<Func<object>>[] EntryPoints =
    [
        () => ErlangB.Blocking(1, 2),
        () => ErlangB.Occupancy(1, 2),
        () => ErlangB.RequiredServers(1, 0.5),
        () => ErlangC.ProbabilityOfWait(1, 2),
        () => ErlangC.ServiceLevel(1, 2, 60, 20),
        () => ErlangC.AverageSpeedOfAnswer(1, 2, 60),
        () => ErlangC.QueueLength(1, 2),
        () => ErlangC.Occupancy(1, 2),
        () => ErlangC.WaitQuantile(1, 2, 60, 0.5),
        () => ErlangC.RequiredAgents(1, 60, Calls),
        () => ErlangA.ProbabilityOfWait(1, 2, 60, 60),
        () => ErlangA.Abandonment(1, 2, 60, 60),
        () => ErlangA.ServiceLevel(1, 2, 60, 60, 20),
        () => ErlangA.ServiceLevelOfAnswered(1, 2, 60, 60, 20),
        () => ErlangA.MeanWait(1, 2, 60, 60),
        () => ErlangA.AverageSpeedOfAnswer(1, 2, 60, 60),
        () => ErlangA.QueueLength(1, 2, 60, 60),
        () => ErlangA.Occupancy(1, 2, 60, 60),
        () => ErlangA.WaitQuantile(1, 2, 60, 60, 0.5),
        () => ErlangA.RequiredAgents(1, 60, new ImmediateGoal(0.8, Minute, null, null, null, Minute)),
        () => ErlangCalculator.Evaluate(QueueModel.ErlangA, 1, Hour, Minute, 2, Minute, Minute),
        () => ErlangCalculator.Require(1, Hour, Minute, Calls),
        () => ErlangCalculator.RequireServers(1, Hour, Minute, 0.5),
        () => Newsvendor.RiskLevel(1, 1),
        () => HandleTime.Lognormal(1),
        () => new ChatConcurrency(2, 0.1),
        () => ChatConcurrency.None.InflatedAhtSeconds(60),
        () => new ImmediateGoal(0.8, Minute, Minute, 0.8, 0.1, Minute),
        () => new DeferrableGoal(Hour, 0.9, 2 * Hour, false),
        () => new ImmediateWork(Paths, Two, Hour, Calls, Zeros, Open, 0, 1, 0, Paths),
        () => new DeferrableWork(Paths, Two, Hour, Promise, Zeros, Open, 0, 0, 0, Paths),
        () => ImmediateStaffing.Require(Two, Two, Hour, Calls, Zeros, Open, 0, null),
        () => ModifiedOfferedLoad.Over(Two, Two, Hour, null, Open),
        () => ModifiedOfferedLoad.Over(Two, Two, Hour, null, null).Staffed(1),
        () => RiskStaffing.Require(ImmediateWork, 0.5),
        () => RiskStaffing.Require(DeferrableWork, 0.5),
        () => Shrinkage.Combine(0.1, 0.1),
        () => new PooledQueue("voice", Two, Two, Calls, 1, null),
        () => new GroupedQueue("voice", ImmediateWork, 1),
        () => new GroupedQueue("tickets", DeferrableWork, null),
        () => GroupStaffing.Check(new GroupedQueue("voice", ImmediateWork, 1)),
        () => GroupStaffing.Require(new[] { new GroupedQueue("tickets", DeferrableWork, null) }, 0.5),
        () => ShortClock.InTime(1, 2, 60, 600),
        () => ShortClock.StaffedShare(0.9, 60, 600),
        () => ShortClock.RequiredAgents(1, 60, 600, 0.9),
        () => PooledStaffing.Require(new[] { new PooledQueue("voice", Two, Two, Calls, 1, null) }, Hour, Zeros, Open, 0),
        () => BlendedStaffing.Plan(ImmediateStaffing.Require(Two, Two, Hour, Calls, Zeros, Open, 0, null), Tickets, Hour, Open, 0.5, 0),
        () => new AgedBacklog(Minute, Hour, 1),
        () => new DeferrableClass("tickets", Two, Hour, new[] { new AgedBacklog(Minute, Hour, 1) }, false),
        () => DeferrableStaffing.Smooth(Tickets, Hour, Open, 0),
        () => BacklogProjection.Project(Tickets, Hour, Open, Two),
        () => TautString.Path(new double[] { 0, 1, 2 }, new double[] { 0, 0, 1 }, new double[] { 0, 1, 1 }),
        () => new SimulatedQueue("voice", Paths, Two, Calls),
        () => new SimulatedQueue("tickets", Paths, Two, Promise),
        () => new SimulatedAgent("agent", new[] { new AgentSkill(0, 1) }, new[] { new WorkingPeriod(Duration.Zero, Hour) }),
        () => new ServiceScenario(new[] { Queue }, new[] { Agent }, Hour, null, Handover.FinishContact),
        () => new SimulationOptions(1, 2, 0.9, Duration.Zero),
        () => new ServiceDiscipline(1.4, new double[] { 1, 1 }),
        () => ServiceDiscipline.Default.Deadline(true, 1, 1),
        () => ServiceDiscipline.Default.Live(1, 1),
        () => ServiceSimulator.Simulate(Scenario, new SimulationOptions(1, 2, 0.9, Duration.Zero), CancellationToken.None),
        () => new Absences(0.1, 0.1, Minute, 1),
        () => new Absences(0.1, 0.1, Minute, 1).Apply(0, 0, new[] { new WorkingPeriod(Duration.Zero, Hour) }),
        () =>
            RosteredPerson.Of(
                Array.Empty<Wfm.Scheduling.Problem.RosterShift>(),
                new Dictionary<string, IReadOnlyList<Wfm.Scheduling.Problem.AgentSkill>>(),
                Instant.MinValue,
                true),
        () => Rostered.In(new[] { "chat" }, new[] { new WorkingPeriod(Duration.Zero, Hour) }),
        () => new SimulatedWork(new[] { Queue }, new[] { "chat" }, Hour, null).With(new[] { Rostered }),
        () =>
            RosterSimulation.Simulate(
                new SimulatedWork(new[] { Queue }, new[] { "chat" }, Hour, null), new[] { Rostered }, new[] { Duration.Zero },
                new SimulationOptions(1, 2, 0.9, Duration.Zero), null, CancellationToken.None),
        () => new AttritionCurve(Two),
        () => AttritionCurve.Yearly(0.5),
        () => Attrition.Hazard(1, 1),
        () => new LearningCurve(Two, Two),
        () => LearningCurve.Linear(0.5, 2),
        () => LearningCurve.None.Output(1),
        () => Cohort.Starting("a", 1, 1, 1),
        () => Cohort.Hired("a", 1, 1, 1),
        () => Cohort.TransferredIn("a", 1, 1, 1, 1),
        () => CapacityRequirement.OfFte(Paths),
        () => CapacityRequirement.OfQuantiles(new[] { 0.5, 0.9 }, Paths),
        () =>
            new CapacityScenario(
                "plan",
                Required,
                new[] { Cohort.Starting("a", 1, 1, 1) },
                Attrition,
                LearningCurve.None,
                1,
                Zeros,
                Zeros,
                new[] { new TransferOut(0, 1, 1) }),
        () => Plan.With("copy", null, null, null, null, 0, Zeros, Zeros, null),
        () => CapacityPlanner.Plan(Plan, 1, 2),
        () => CapacityPlanner.Compare(new[] { Plan }, 1, 2),
        () => HireBy.Find(Plan, new HireByGoal(0.5, 1, 0, 1), 1, 2),
    ];

    /// <summary>What an entry point takes as a value and checks where it is used, and what it gives back.</summary>
    private static readonly HashSet<Type> Plain =
    [
        typeof(AgentSkill),
        typeof(OpenContacts),
        typeof(Stretch),
        typeof(WorkingPeriod),
        typeof(TransferOut),
        typeof(HireByGoal),
        typeof(Estimate),
        typeof(QueueService),
        typeof(RosteredPerson),
        typeof(SimulatedWork),
        typeof(ServiceReport),
        typeof(DayService),
        typeof(RosterService),
        typeof(BlendedPlan),
        typeof(PooledRequirement),
        typeof(PooledService),
        typeof(StaffingRequirement),
        typeof(RequirementCurve),
        typeof(Waterfall),
        typeof(StaffingBreach),
        typeof(OfferedLoad),
        typeof(ErlangMetrics),
        typeof(DeadlineClaim),
        typeof(BacklogForecast),
        typeof(ClassBacklog),
        typeof(DeferrableBand),
        typeof(DeferrablePlan),
        typeof(CapacityPlan),
        typeof(CapacityWeek),
        typeof(CapacityRisk),
        typeof(CapacityComparison),
        typeof(CapacityDifference),
        typeof(HireByPlan),
    ];

    private static IEnumerable<TestCaseData> Entries() => EntryPoints.Select(call => new TestCaseData(call).SetArgDisplayNames(Name(Called(call))));

    [TestCaseSource(nameof(Entries))]
    public void Call_EachArgumentSpoilt_IsRefusedByName(Expression<Func<object>> call)
    {
        call.Compile()().Should().NotBeNull("the good call is good");
        var (method, instance, arguments) = Parts(call);
        foreach (var parameter in method.GetParameters())
        {
            foreach (var (value, name) in Spoilt(parameter, arguments[parameter.Position]))
            {
                object?[] spoilt = [.. arguments];
                spoilt[parameter.Position] = value;
                var invoke = () => { _ = method is ConstructorInfo constructor ? constructor.Invoke(spoilt) : method.Invoke(instance, spoilt); };
                invoke.Should().Throw<TargetInvocationException>("{0} got {1} for {2}", Name(method), Text(value), name)
                    .Which.InnerException.Should().BeAssignableTo<ArgumentException>("{0} got {1} for {2}", Name(method), Text(value), name)
                    .Which.ParamName.Should().StartWithEquivalentOf(name, "{0} got {1}", Name(method), Text(value));
            }
        }
    }

    [Test]
    public void Calls_AllPublicEntryPoints_AreCovered()
    {
        var covered = EntryPoints.Select(call => Name(Called(call))).ToHashSet(StringComparer.Ordinal);
        var entries = typeof(ErlangC)
            .Assembly.GetExportedTypes()
            .Where(type =>
                type.Namespace is { } n
                && (n.StartsWith("Wfm.Scheduling.Staffing", StringComparison.Ordinal) || n is "Wfm.Scheduling.Simulation" or "Wfm.Scheduling.Capacity"))
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Where(m => !m.IsSpecialName && m.Name is not ("Equals" or "Deconstruct" or "Covers") && !m.Name.StartsWith('<'))
                    .Cast<MethodBase>()
                    .Concat(type.IsAbstract || Plain.Contains(type) ? [] : type.GetConstructors()))
            .Where(entry => entry.GetParameters().Length > 0 && !entry.DeclaringType!.IsEnum);

        entries.Select(Name).Distinct(StringComparer.Ordinal).Except(covered, StringComparer.Ordinal).Should().BeEmpty();
    }

    [Test] // 1e300 contacts of 1e10 seconds are not a number of hours any more
    public void Work_MoreThanAnyOperationHas_IsRefusedByName()
    {
        FluentActions
            .Invoking(() =>
                new DeferrableWork(
                    [
                        [1, 1e300],
                    ],
                    [1e10, 1e10],
                    Hour,
                    Promise,
                    Zeros,
                    Open))
            .Should()
            .Throw<ArgumentException>()
            .WithParameterName("VolumePaths[0][1]");
        FluentActions
            .Invoking(() =>
                RiskStaffing.Require(
                    new ImmediateWork(
                        [
                            [1, 1e300],
                        ],
                        [1e10, 1e10],
                        Hour,
                        Calls,
                        Zeros,
                        Open),
                    0.5))
            .Should()
            .Throw<ArgumentException>()
            .WithParameterName("VolumePaths[0][1]");
    }

    private static IEnumerable<(object? Value, string Name)> Spoilt(ParameterInfo parameter, object? good)
    {
        var name = parameter.Name!;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var optional = new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        if (!type.IsValueType && !optional) yield return (null, name);
        if (type == typeof(double))
        {
            foreach (var bad in (double[])[double.NaN, double.PositiveInfinity, -1])
                yield return (bad, name);
        }
        else if (type == typeof(int) && !AnyNumberIsFine.Contains(name))
        {
            yield return (-1, name);
        }
        else if (type == typeof(Duration))
        {
            yield return (-Hour, name);
            if (!ZeroIsFine.Contains(name))
                yield return (Duration.Zero, name);
        }
        else if (type == typeof(string))
        {
            yield return (" ", name);
        }
        else if (type.IsEnum)
        {
            yield return (Enum.ToObject(type, 99), name);
        }
        else if (good is double[] values)
        {
            foreach (var bad in AnyNumberIsFine.Contains(name) ? [double.NaN] : (double[])[double.NaN, double.PositiveInfinity, -1])
            {
                yield return ((double[])[values[0], bad, .. values.Skip(2)], $"{name}[1]");
            }
            if (AnyLengthIsFine.Contains(name))
                yield return (Array.Empty<double>(), name);
            else
                yield return (values[..^1], "");
        }
        else if (good is double[][] paths)
        {
            foreach (var bad in (double[])[double.NaN, double.PositiveInfinity, -1])
                yield return (
                    (double[][])
                        [
                            [bad, .. paths[0].Skip(1)],
                            .. paths.Skip(1),
                        ],
                    $"{name}[0][0]");
            yield return ((double[][])[], name);
            yield return (
                (double[][])
                    [
                        [],
                        [],
                    ],
                name);
            yield return ((double[][])[paths[0], paths[1][..^1], .. paths.Skip(2)], $"{name}[1]");
        }
        else if (good is bool[] flags)
        {
            yield return (flags[..^1], "");
        }
        else if (good is Array { Length: > 0 } list && !list.GetType().GetElementType()!.IsValueType)
        {
            yield return (Array.CreateInstance(list.GetType().GetElementType()!, 1), $"{name}[0]");
        }
    }

    private static (MethodBase Method, object? Instance, object?[] Arguments) Parts(Expression<Func<object>> call) => Body(call) switch
    {
        MethodCallExpression m => (m.Method, m.Object is null ? null : Value(m.Object), [.. m.Arguments.Select(Value)]),
        NewExpression n => (n.Constructor!, null, [.. n.Arguments.Select(Value)]),
        _ => throw new InvalidOperationException(call.ToString()),
    };

    private static MethodBase Called(Expression<Func<object>> call) =>
        Body(call) is MethodCallExpression m ? m.Method : ((NewExpression)Body(call)).Constructor!;

    private static Expression Body(Expression<Func<object>> call) =>
        call.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : call.Body;

    private static object? Value(Expression argument) => Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object))).Compile()();

    private static string Name(MethodBase method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name + " " + p.Name))})";

    private static string Text(object? value) => value switch
    {
        null => "null",
        double[] array => $"[{string.Join(", ", array)}]",
        double[][] paths => $"[{string.Join("; ", paths.Select(p => string.Join(", ", p)))}]",
        _ => value.ToString()!,
    };
}
