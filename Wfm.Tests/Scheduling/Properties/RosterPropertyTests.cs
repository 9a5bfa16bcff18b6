using System.Collections.Concurrent;
using System.Globalization;
using Wfm.Tests.Support;

namespace Wfm.Tests.Scheduling.Properties;

/// <summary>
/// Random small operations against the independent auditor: no broken rule goes unreported, none is reported that is not broken, nobody has two shifts in
/// force on a day. WFM_PROPERTY_CASES runs more of them, WFM_PROPERTY_SEED begins elsewhere.
/// </summary>
public sealed class RosterPropertyTests
{
    private const int Cases = 400;
    private const int Moves = 1_500;
    private const int Shown = 3;
    private const string Threw = "threw";

    [Test]
    public void Solve_RandomOperations_AreAsTheAuditorSays()
    {
        var (cases, first) = (Setting("WFM_PROPERTY_CASES", Cases), Setting("WFM_PROPERTY_SEED", 1));
        var failed = new ConcurrentDictionary<int, string>();
        Parallel.For(first, first + cases, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            if (Failure(seed) is { } failure) failed[seed] = failure;
        });

        failed.Should().BeEmpty(
                $"of {cases} cases {failed.Count} failed:\n{string.Join('\n', failed.OrderBy(f => f.Key).Take(Shown).Select(f => Smallest(f.Key)))}\nseeds "
                    + $"{string.Join(' ', failed.Keys.Order().Take(50))}\n"
                    + $"{string.Join('\n', failed.OrderBy(f => f.Key).Take(40).Select(f => $"{f.Key}: {f.Value}"))}");
    }

    [Test]
    public void AllKinds_OfTheRandomPolicies_AreThoseTheAuditorKnows() => RandomPolicy.AllKinds.Append("noticeOfChange").Should()
        .BeEquivalentTo(RosterAuditorLaw.Kinds, "one binds no days");

    private static string? Failure(int seed)
    {
        try
        {
            return RandomChain.Run(seed, Moves) is [var first, ..] ? first.Complaints[0] : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"{Threw} {e}";
        }
    }

    /// <summary>The case of a seed, less every part without which it fails in the same way.</summary>
    private static string Smallest(int seed)
    {
        if (Failure(seed) is { } failure && failure.StartsWith(Threw, StringComparison.Ordinal)) return $"seed {seed} {failure}";
        var (made, complaints) = RandomChain.Run(seed, Moves)[0];
        var kind = KindOf(complaints[0]);
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var smaller in made.Smaller())
            {
                if (!Fails(smaller, kind)) continue;
                (made, isSmaller) = (smaller, true);
                break;
            }
        }

        var result = made.Solve();
        return $"seed {seed}: {string.Join('\n', RosterComplaints.About(made, result).Take(4))}\n{made}{made.Show(result.Shifts)}";
    }

    private static bool Fails(RandomCase made, string kind)
    {
        try
        {
            return made.Agents.Count > 0 && RosterComplaints.About(made, made.Solve()).Any(c => KindOf(c) == kind);
        }
        catch (Wfm.Scheduling.SchedulingDataException)
        {
            return false;
        }
    }

    // Its first words and the rule: the same way of failing, whoever it happens to.
    private static string KindOf(string complaint) =>
        $"{string.Join(' ', complaint.Split(' ').Take(2))} {RandomPolicy.AllKinds.FirstOrDefault(k => complaint.Contains(k, StringComparison.Ordinal))}";

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
