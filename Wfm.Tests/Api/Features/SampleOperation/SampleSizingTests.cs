using System.Globalization;
using Wfm.Api.Features.SampleOperation;
using Wfm.Tests.Architecture;

namespace Wfm.Tests.Api.Features.SampleOperation;

public sealed class SampleSizingTests
{
    private static readonly SampleOperationFiles Files = SampleOperationFiles.Load();
    private static readonly SampleSizing Sizing = new(Files);
    private static readonly List<SampleSizing.Line> Lines = [.. Sizing.Lines()];

    private static IEnumerable<string> Hubs => Files.Hubs.Select(h => h.Code);

    [Test]
    public void Lines_ByHub_LeaveRoomForAGoodWeekButNotTwice() => // a P80 week is about 6 % above the expected one
        Lines.GroupBy(l => l.Hub).Should()
            .OnlyContain(hub => hub.Sum(l => l.Needed) / hub.Sum(l => l.Hours) >= 0.80 && hub.Sum(l => l.Needed) / hub.Sum(l => l.Hours) <= 0.94);

    // Hours can be split between the skills of people so that every group is served exactly when no set of groups needs more than the people
    // who know one of them have (Gale's condition of supply and demand).
    [TestCaseSource(nameof(Hubs))]
    public void Lines_EverySetOfGroups_IsWithinTheHoursOfThePeopleWhoKnowOne(string hub)
    {
        var lines = Lines.Where(l => l.Hub == hub).ToList();
        var people = Files.Agents.Where(a => a.Hub == hub).ToList();
        for (var set = 1; set < 1 << lines.Count; set++)
        {
            var chosen = lines.Where((_, index) => (set >> index & 1) == 1).ToList();
            var hours = people.Where(a => a.Skills.Any(s => !a.OptOutGroups.Contains(s.Group) && chosen.Exists(l => l.Group == s.Group)))
                .Sum(Sizing.HoursAtWork);
            chosen.Sum(l => l.Needed).Should().BeLessThan(0.95 * hours, "{0} need it at {1}", string.Join(" and ", chosen.Select(l => l.Group)), hub);
        }
    }

    // E4 content at most 240 minutes of a shift, see org-wellbeing: the teams must be large enough to keep it.
    [Test]
    public void Lines_ExtremeContent_FitTheExposureLimit()
    {
        var extreme = Files.Queues.Where(q => q.ExposureClass == "E4").Select(q => q.SkillGroup).ToHashSet();

        Lines.Where(l => extreme.Contains(l.Group)).Should().NotBeEmpty().And.OnlyContain(l => l.Needed <= l.Hours * 240 / 420);
    }

    [Test]
    public void Readme_Table_IsWhatTheArithmeticGives() =>
        File.ReadAllText(Repository.PathOf("samples", "operation", "README.md")).Should().Contain(Table());

    private static string Table() =>
        string.Join(
            '\n', Lines.Select(l =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {l.Hub} | {l.Group} | {(l.Agents == 0 ? "–" : l.Agents)} | {(l.Agents == 0 ? "–" : $"{l.Hours:f0}")} | {l.Needed:f0} | "
                            + $"{l.Heads:f1} | {(l.Agents == 0 ? "–" : $"{l.Load:f2}")} |"))
                .Concat(
                    Lines.GroupBy(l => l.Hub).Select(h =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"| **{h.Key}** | all | {h.Sum(l => l.Agents)} | {h.Sum(l => l.Hours):f0} | {h.Sum(l => l.Needed):f0} | "
                                    + $"{h.Sum(l => l.Heads):f1} | {h.Sum(l => l.Needed) / h.Sum(l => l.Hours):f2} |"))));
}
